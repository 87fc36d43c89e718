"""Words around persons' names: titles, roles, given names and frequent surnames of many languages."""

from __future__ import annotations


def _words(block: str) -> frozenset[str]:
    return frozenset(block.split())


TITLES = _words("""
Mr Mr. Mrs Mrs. Ms Ms. Miss Mister Madam Madame Monsieur Mme Herr Frau Señor Señora Senhor Dr Dr. Doctor Prof
Prof. Professor Sir Lord Lady Dame Baron Baroness Count Countess Duke Duchess Earl Viscount Prince Princess King
Queen Emperor Empress Sultan Emir Emperor Tsar Shah Pope Cardinal Archbishop Bishop Father Fr Fr. Sister Brother
Reverend Rev Rev. Pastor Imam Rabbi Ayatollah Mullah Maulana Sheikh Sheik Shaikh Sheikha Hajji Haji Hajj Alhaji
Alhaja Hajia Mufti Swami Lama Guru Saint Deacon Canon Monsignor Msgr Msgr. Evangelist Apostle Patriarch General
Gen Gen. Lieutenant Lt Lt. Colonel Col Col. Major Maj Maj. Captain Capt Capt. Cpt Commander Cmdr Cmdr. Commodore
Admiral Adm Adm. Brigadier Brig Brig. Sergeant Sgt Sgt. Corporal Cpl Cpl. Private Pte Marshal Ensign Constable
Inspector Insp Superintendent Supt Supt. Sheriff Chief President Vice-President Premier Chancellor Governor Gov
Gov. Mayor Senator Sen Sen. Congressman Congresswoman Representative Rep Rep. Councillor Councilor Cllr Cllr.
Alderman Ambassador Amb Amb. Minister Secretary Judge Justice Magistrate Attorney Advocate Barrister Adv Adv.
Engineer Engr Engr. Eng Eng. Arch Arch. Honourable Hon Hon. Comrade Speaker Coach Chairman Chairwoman
Chairperson Director Commissioner Envoy Consul Deputy Taoiseach Tánaiste Nana Oba Otumfuo Ratu Adi Datuk Datin
Dato Dato' Tun Tan Sri Tengku Shri Smt Smt. Kumari Pandit Ustad Begum Chaudhry Mian Khwaja Sardar Nawab Syed
Mwalimu Baba Mama Uncle Aunt Auntie Don Doña SP ASP DSP DIG IG CJ DCI ACP CP PC Spc Spc. Pvt Pvt. RAdm Rear Wing
Squadron Group Flight Air Vice Field Lance Warrant Petty Staff First Master Chief-of-Staff Atty Atty. Aunty
Mawlawi Maître Maitre Investigator Arbiter Alhaj Maharaj Nai Chef Pandit Lawyer Goalkeeper Defender Midfielder
Striker Forward Skipper Mullah Caliph Datu Lakan Lola Lolo Mang Bishop-elect Hakim Moulvi PM Gov-Gen Asst Acting
Interim Former Ex-President Ex-Prime Late
""") - {
    "Adi",
    "Tan",
    "Sri",
    "Tun",
    "Syed",
    "Air",
    "Group",
    "Flight",
    "Wing",
    "Arch",
    "Eng",
    "First",
    "Master",
    "Count",
    "Late",
    "Former",
    "Rear",
    "Field",
    "Petty",
    "Staff",
    "Hajj",
    "Don",
    "Mian",
    "Saint",
    "Vice",
    "Canon",
    "Mama",
    "Arch.",
    "CP",
    "SP",
    "Lama",
    "Acting",
    "Interim",
}
"""Words right before a name that are no part of it."""

ROLE_HEADS = _words("""
President Minister Secretary General Director Chairman Chairwoman Chairperson Chair Commissioner Ambassador
Governor Mayor Senator Premier Chancellor Speaker Officer Commander Inspector Superintendent Constable Justice
Judge Magistrate Prosecutor Attorney Registrar Envoy Spokesman Spokeswoman Spokesperson Coordinator
Administrator Manager Coach Captain Leader Chief Deputy Head Representative Rapporteur Consul Treasurer
Executive Engineer Marshal Professor Lecturer Dean Provost Rector Vice-Chancellor Principal Headteacher Bishop
Archbishop Cardinal Councillor Councilor Whip Clerk Controller Auditor Ombudsman Adviser Advisor Economist
Analyst Editor Correspondent Reporter Undersecretary Under-Secretary Secretary-General Director-General
Attorney-General Governor-General Solicitor-General Commander-in-Chief Chairlady Sergeant Major Colonel
Brigadier Lieutenant Admiral Member Member-Secretary Counsel Advocate Convener Convenor Patron Sheriff Warden
President-elect Co-chair Co-Chair Co-founder Founder CEO CFO COO MD DG MP MEP MLA MNA MCA MPA PM COAS IGP FM CJP
AG DCO SSP SHO
""")
"""Last words of capitalised roles before a name ("Foreign Minister", "Chief Medical Officer")."""

ROLE_ACRONYMS = _words("""
CEO CFO COO CTO CIO MD DG MP MPs MEP MEPs MLA MLAs MNA MNAs MCA MPA MPAs PM FM COAS IGP CJP AG DCO SSP SHO DIG
DPO PRO GM VP SG PS DCI VC HOD TD TDs GP GPs PhD MBA BA MA MSc BSc MD DVM QC KC SC SAN OBE MBE CBE KBE KCMG CMG
DSO VC RTD Rtd JP Esq Jr Sr II III IV AM PM GMT UTC EST EDT CET TV FM IT AI HIV AIDS COVID DNA GDP
""")
"""Acronyms of roles and common things, which are no entity."""

ROLE_NOUNS = _words("""
spokesman spokeswoman spokesperson president minister secretary chairman chairwoman chairperson chair director
manager leader chief head captain coach commander governor mayor senator ambassador envoy lawyer attorney
prosecutor judge magistrate officer inspector official lawmaker councillor councilman councilwoman councilor
analyst economist professor lecturer teacher headteacher principal engineer doctor surgeon nurse midwife farmer
fisherman trader shopkeeper driver resident activist campaigner author writer novelist poet actor actress singer
musician filmmaker producer conductor composer artist painter sculptor curator editor journalist reporter
correspondent photographer columnist broadcaster historian archaeologist scientist researcher biologist
ecologist geologist meteorologist forecaster epidemiologist physicist astronomer botanist striker midfielder
defender goalkeeper winger forward fullback batsman bowler spinner skipper wicketkeeper all-rounder centre lock
prop flanker fly-half number-eight captain referee umpire rider cyclist sprinter runner swimmer jockey boxer
wrestler champion founder co-founder owner partner widow widower wife husband son daughter brother sister mother
father grandmother grandfather uncle aunt cousin neighbour neighbor colleague predecessor successor rival
candidate incumbent treasurer coordinator co-ordinator adviser advisor aide counsel pastor priest bishop imam
rabbi monk nun father chancellor deputy vice-president vice-chairman archbishop envoy negotiator diplomat consul
premier commissioner king queen prince princess sheikh chef baker carpenter mechanic mason tailor weaver potter
miner welder electrician technician pilot sailor skipper volunteer organiser organizer convener student pupil
graduate survivor victim witness defendant suspect plaintiff complainant accused whip undersecretary
parliamentarian legislator banker broker trader strategist dealer investor entrepreneur designer architect
developer chemist pharmacist dentist paediatrician pediatrician psychiatrist psychologist virologist
veterinarian vet ranger warden guide interpreter translator librarian registrar clerk superintendent constable
sergeant lieutenant colonel major general brigadier admiral ex-president ex-minister opener seamer keeper
debutant substitute guard anchor presenter host comedian dancer choreographer playwright dramatist scholar
linguist sociologist anthropologist demographer co-author narrator heroine hero tenor soprano baritone violinist
pianist drummer guitarist rapper emeritus treasurer
""")
"""Common nouns of persons right before a name ("spokesman X", "the widow, X")."""

SPEECH_VERBS = _words("""
said says told added noted explained argued insisted recalled replied stated announced warned urged testified
complained admitted conceded confirmed denied declined asked wrote tweeted thanked praised stressed emphasised
emphasized remarked observed suggested predicted joked shrugged laughed smiled sighed nodded acknowledged
claimed alleged maintained disclosed revealed lamented commended appealed apologised apologized estimated hopes
hoped believes thinks remembers recalls insists argues explains adds admits concedes notes calls called
described scored equalised equalized replaced lives lived died retired resigned married studied graduated grew
""")
"""Verbs whose subject is most often a person."""

SAYS_BEFORE = _words("""
said says asked replied added explained joked recalled according told wrote argued insisted
""")
"""Verbs that stand before their subject after a quotation ("..." said X Y)."""

GIVEN_NAMES = _words("""
James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony Mark
Donald Steven Paul Andrew Joshua Kenneth Kevin Brian George Timothy Ronald Edward Jason Jeffrey Ryan Jacob Gary
Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Patrick Frank
Raymond Jack Dennis Jerry Tyler Aaron Adam Nathan Henry Douglas Zachary Peter Kyle Walter Ethan Jeremy Harold
Keith Christian Roger Noah Gerald Terry Sean Austin Arthur Lawrence Jesse Dylan Bryan Joe Jordan Billy Bruce
Albert Willie Gabriel Logan Alan Juan Wayne Roy Ralph Randy Eugene Vincent Russell Elijah Louis Bobby Philip
Johnny Phillip Simon Neil Graham Ian Colin Stuart Nigel Trevor Geoffrey Malcolm Derek Barry Clive Gordon Hugh
Duncan Angus Alistair Alasdair Callum Liam Oliver Harry Leo Freddie Archie Alfie Oscar Theo Luke Martin Tony
Steve Mike Bob Bill Tom Jim Dave Dan Ben Sam Nick Chris Matt Greg Rob Ken Ron Don Ted Fred Rick Pete Andy Phil
Ray Max Felix Hugo Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty
Margaret Sandra Ashley Kimberly Emily Donna Michelle Carol Amanda Dorothy Melissa Deborah Stephanie Rebecca
Sharon Laura Cynthia Kathleen Amy Angela Shirley Anna Brenda Pamela Emma Nicole Helen Samantha Katherine
Christine Debra Rachel Carolyn Janet Catherine Maria Heather Diane Ruth Julie Olivia Joyce Virginia Victoria
Kelly Lauren Christina Joan Evelyn Judith Megan Andrea Cheryl Hannah Jacqueline Martha Gloria Teresa Ann Sara
Madison Frances Kathryn Janice Jean Abigail Alice Julia Judy Sophia Grace Denise Amber Doris Marilyn Danielle
Beverly Isabella Theresa Diana Natalie Brittany Charlotte Marie Kayla Alexis Lori Claire Fiona Jane Kate Lucy
Sophie Chloe Ella Mia Eleanor Harriet Florence Beatrice Edith Agnes Winifred Gladys Mabel Esther Naomi Miriam
Deborah Judith Lydia Eunice Mercy Faith Hope Joy Blessing Patience Comfort Prudence Charity Precious Gift Godwin
Goodluck Emmanuel Moses Isaac Abraham Ibrahim Solomon Caroline Josephine Rose Rosemary Stella Sheila Maureen
Eileen Siobhan Niamh Aoife Ciara Sinead Seamus Padraig Eamon Declan Conor Fergus Aidan Mohammed Muhammad Mohamed
Mohammad Mohamad Ahmed Ahmad Ali Hassan Hasan Hussein Hussain Husain Omar Umar Khalid Khaled Youssef Yusuf
Yousef Yousuf Ibrahim Ismail Abdullah Abdallah Abdul Abdel Abd Abdulrahman Abdelrahman Abdelaziz Abdulaziz
Abdirahman Abdullahi Abdelkader Mahmoud Mahmud Mustafa Mostafa Moustafa Saeed Said Salem Salim Saleh Salman
Samir Sami Tariq Tarek Walid Waleed Yasser Yasir Zaid Zayed Ziad Bilal Faisal Fahad Fahd Farid Fadi Hamad Hamid
Hamza Hani Imran Imad Jamal Kamal Karim Kareem Majid Majed Malik Mansour Marwan Mazen Mohsen Munir Nabil Nader
Naji Nasser Nasir Nizar Rami Rashid Rachid Riad Saad Sabah Sultan Taha Usman Osman Uthman Wael Yahya Adel Adnan
Akram Amin Amir Ammar Anwar Ashraf Aziz Bashar Bashir Basim Bassam Ghassan Habib Haider Haidar Hatem Hisham
Hicham Hosni Ihab Jaber Jafar Jassim Latif Lotfi Maher Moncef Mourad Murad Othman Qais Qasim Kassem Raed Rafiq
Ramzi Reza Sadiq Fatima Fatma Fatima Aisha Ayesha Aicha Amina Aminata Khadija Khadijah Maryam Mariam Zainab
Zaynab Zeinab Leila Layla Laila Noor Nour Nora Noura Huda Hoda Hala Hanan Hind Iman Jamila Latifa Layal Lina
Maha Mai Mona Muna Nadia Najat Nawal Rania Reem Rima Samira Salma Salwa Sana Shaima Soha Souad Sonia Wafa Yasmin
Yasmine Zahra Asma Bushra Farah Farida Fawzia Ghada Hafsa Halima Hawa Inas Khalida Kulthum Malika Munira Nahla
Nasreen Nasrin Parveen Rabia Rukhsana Rubina Sadia Safia Shabana Shahida Shazia Sumaira Tahira Uzma Zubaida
Saima Samina Nazia Nighat Farzana Shireen Mehnaz Mehwish Naila Benazir Asif Nawaz Shahbaz Bilawal Pervez Parvez
Zulfiqar Shah Iqbal Javed Javaid Jawad Junaid Kashif Khurram Liaquat Mubashir Mudassar Naeem Nadeem Naveed Qamar
Raza Rehman Rizwan Sajid Sajjad Shahid Shakeel Sohail Tahir Tauqir Usama Wajid Waqar Waseem Wasim Yasin Zafar
Zaheer Zahid Zeeshan Zubair Arif Asad Atif Azam Babar Danish Ejaz Ehsan Farhan Farooq Fawad Ghulam Gul
Habibullah Hafiz Hameed Haroon Ijaz Ikram Inam Irfan Ishaq Ghani Hamid Ashfaq Aslam Arshad Afzal Amjad Altaf
Akhtar Mushtaq Mehmood Narendra Rahul Sonia Rajiv Indira Manmohan Amit Arun Anil Ajay Akash Alok Amar Anand
Anita Anjali Ankit Anup Aparna Arjun Arvind Asha Ashok Ashwin Balaji Bhavna Chandra Deepa Deepak Dev Dilip
Dinesh Divya Gaurav Geeta Girish Gopal Govind Hari Harish Hemant Indra Ishaan Jagdish Jayant Jaya Jyoti Kamala
Kavita Kiran Kishore Krishna Kumar Lakshmi Lata Lalit Madhav Mahesh Mahendra Manish Manoj Meena Meera Mohan
Mukesh Murali Nagesh Naresh Neha Nikhil Nirmala Nitin Padma Pankaj Parvati Pooja Prabhakar Pradeep Prakash
Pramod Pranab Prasad Prashant Pratap Praveen Prem Prema Priya Priyanka Radha Raghav Raj Raja Rajan Rajendra
Rajesh Raju Rakesh Ram Rama Ramesh Ranjan Ranjit Rashmi Ravi Ravindra Rekha Rita Ritu Rohan Rohit Sachin Sagar
Sandeep Sangeeta Sanjay Sanjeev Santosh Sarita Satish Savita Seema Shalini Shankar Shanti Sharad Shiv Shivani
Shobha Shyam Sita Smita Subhash Sudha Sudhir Sujata Suman Sumit Sunil Sunita Suresh Surendra Sushil Swati Uma
Usha Varun Vijay Vikas Vikram Vinay Vinod Virat Vivek Yash Yogesh Mahinda Gotabaya Ranil Sirimavo Chandrika
Nimal Sunethra Kusal Lasith Dinuka Chaminda Kumara Chinedu Chukwu Chukwuemeka Chioma Chika Emeka Ifeoma Ifeanyi
Ikechukwu Kelechi Ngozi Nkechi Nnamdi Obinna Okechukwu Uche Uchenna Adaeze Amaka Olusegun Olu Oluwaseun Adebayo
Adekunle Ade Ayodele Babatunde Bola Bukola Femi Folake Funke Gbenga Kehinde Kunle Muyiwa Ola Segun Sola Taiwo
Tayo Temitope Tunde Wole Yemi Yetunde Aliyu Aminu Atiku Bala Bello Danjuma Garba Isa Kabiru Lawal Muhammadu Musa
Nasiru Sani Shehu Sule Tanko Umaru Yakubu Zakari Haruna Hadiza Zainabu Kwame Kofi Kojo Kwabena Kwaku Kwasi Kwesi
Yaw Yaa Akua Abena Ama Adwoa Afia Esi Efua Akosua Nana Ebo Nii Naa Fiifi Ekow Ato Kobina Kobby Wangari Wanjiku
Wanjiru Njeri Nyambura Wambui Kamau Njoroge Mwangi Kariuki Kipchoge Kiprop Kipkemboi Chebet Cherono Jepkorir
Jepkosgei Chepkoech Otieno Ochieng Odhiambo Onyango Owino Atieno Achieng Akinyi Adhiambo Wafula Nekesa Wekesa
Mutua Mwende Kioko Juma Bakari Hamisi Salum Mwajuma Neema Baraka Amani Furaha Rehema Zawadi Shukuru Museveni
Okello Akello Apio Auma Opio Ocen Odongo Lamwaka Nakato Babirye Wasswa Kato Mukasa Ssemakula Nansubuga Uwase
Uwimana Mukamana Habimana Niyonzima Ndayishimiye Divine Innocent Fidele Jean-Claude Jean-Pierre Jean-Paul
Jean-Marie Jean-Baptiste Thabo Sipho Nelson Cyril Jacob Lindiwe Nomsa Thandi Themba Bongani Mandla Sibusiso
Nkosazana Zanele Zodwa Lerato Tshepo Mpho Kagiso Tebogo Palesa Tumelo Neo Pule Kabelo Naledi Farai Tendai Tapiwa
Tinashe Chipo Rudo Rutendo Nyasha Simba Emmerson Hichilema Mwamba Chanda Mulenga Mutale Bwalya Haile Abiy Meles
Tesfaye Tadesse Girma Bekele Kebede Alemayehu Almaz Hirut Selam Meseret Tirunesh Kenenisa Dawit Yohannes
Getachew Mulugeta Abebe Abebech Berhane Isaias Mamadou Moussa Ousmane Abdoulaye Cheikh Ibrahima Modou Alioune
Amadou Boubacar Souleymane Seydou Issa Idrissa Adama Aissatou Fatou Fatoumata Kadiatou Mariama Oumou Awa Bintou
Ndeye Coumba Macky Alassane Blaise Paul-Henri Jose José Carlos Luis Miguel Antonio Francisco Manuel Pedro Jorge
Fernando Alberto Alejandro Eduardo Ricardo Roberto Rafael Sergio Javier Diego Andrés Andres Pablo Mario Raul
Raúl Ramon Ramón Enrique Guillermo Gustavo Hector Héctor Hernán Hernan Ignacio Joaquín Joaquin Julio Leonardo
Lorenzo Marcelo Marco Marcos Martín Mateo Mauricio Nicolás Nicolas Octavio Orlando Patricio Rodrigo Rubén
Salvador Santiago Sebastián Sebastian Tomás Tomas Víctor Victor Felipe Esteban Emilio Ernesto Arturo Armando
Alfonso Alfredo Álvaro Alvaro Benito César Cesar Cristóbal Cristian Domingo Efraín Fidel Gerardo Germán Gonzalo
Hugo Jaime Jesús Jesus Evo Nayib Lázaro Humberto Rogelio Wilfredo Wilson Washington Nestor Néstor Rolando
Reynaldo Rodolfo Teodoro Vicente Ximena María Ana Carmen Isabel Rosa Elena Lucía Lucia Marta Paula Cristina
Beatriz Gabriela Alejandra Adriana Mariana Verónica Silvia Mónica Claudia Carolina Valentina Camila Daniela
Sofía Sofia Dolores Mercedes Pilar Esperanza Guadalupe Juana Josefa Luisa Raquel Rocío Yolanda Consuelo Graciela
Leticia Lourdes Magdalena Margarita Norma Olga Remedios Susana Teresa Estela Eulalia Inés Irene Blanca Catalina
João Joao Paulo Luiz Luís Thiago Tiago Gilberto Renato Rui Vasco Duarte Nuno Henrique Caetano Dilma Jair Inácio
Fernanda Juliana Larissa Luciana Marcia Márcia Patrícia Renata Tatiana Vanessa Fátima Conceição Pierre Jean
Jacques Michel François Francois Philippe Nicolas Olivier Laurent Alain Bernard Christophe Dominique Emmanuel
Frédéric Gérard Guillaume Henri Hervé Julien Luc Marc Marcel Mathieu Maurice Pascal Patrice René Sylvain Thierry
Xavier Yves Yannick Étienne Benoît Antoine Baptiste Camille Cécile Chantal Élodie Françoise Hélène Isabelle
Jeanne Juliette Louise Madeleine Marine Monique Nathalie Sandrine Simone Sylvie Valérie Véronique Hans Klaus
Jürgen Wolfgang Helmut Horst Dieter Günter Gerhard Heinz Karl Otto Friedrich Franz Fritz Stefan Stephan Matthias
Thorsten Uwe Olaf Angela Ursula Annalena Heike Ingrid Gisela Monika Petra Sabine Renate Birgit Anke Katrin
Kerstin Sebastian Lukas Johannes Giuseppe Giovanni Antonio Mario Luigi Francesco Angelo Vincenzo Pietro
Salvatore Carlo Franco Domenico Bruno Paolo Michele Giorgio Aldo Sergio Luciano Matteo Silvio Romano Enrico
Massimo Alessandro Andrea Davide Fabio Federico Giulia Chiara Francesca Elisa Giorgia Alessia Valentina Paola
Lorenzo Dario Jan Piet Willem Hendrik Johan Pieter Cornelis Dirk Geert Joost Maarten Ruud Sander Wouter Anneke
Femke Marijke Saskia Lars Erik Sven Nils Anders Björn Olof Magnus Mats Göran Gunnar Håkan Leif Mikael Ulf
Torsten Jens Henrik Mette Søren Niels Rasmus Morten Kristian Kirsten Inger Astrid Ingrid Freja Sigrid Solveig
Ragnhild Bjarne Harald Haakon Knut Ole Odd Kjell Trond Øyvind Jón Sigurður Guðmundur Gunnar Ólafur Katrín Björk
Mikko Juha Matti Timo Pekka Jukka Antti Sanna Sauli Tarja Aino Liisa Kaisa Tuuli Andrus Toomas Kaja Kersti Mart
Jaan Valdis Andris Māris Egils Dalia Gitanas Vytautas Jonas Algirdas Rasa Vladimir Dmitry Dmitri Sergei Sergey
Alexei Alexey Mikhail Nikolai Nikolay Ivan Igor Oleg Yuri Boris Anatoly Andrei Andrey Viktor Vyacheslav Vitaly
Yevgeny Evgeny Leonid Konstantin Pavel Maxim Kirill Roman Ruslan Ramzan Stanislav Valery Vasily Gennady Grigory
Svetlana Natalia Natalya Tatyana Yelena Yulia Olga Irina Galina Lyudmila Anastasia Ekaterina Marina Nina Oksana
Ksenia Volodymyr Petro Oleksandr Oleksiy Serhiy Mykola Mykhailo Andriy Dmytro Yuriy Vasyl Bohdan Taras Ihor
Olena Iryna Nataliya Alyaksandr Sviatlana Lech Jarosław Donald Andrzej Krzysztof Piotr Tomasz Paweł Marcin Jerzy
Stanisław Wojciech Zbigniew Mateusz Agnieszka Małgorzata Katarzyna Ewa Joanna Beata Václav Miloš Petr Jiří Karel
Josef Jaroslav Zdeněk Tomáš Ondřej Robert Zuzana Lucie Jana Hana Viktor László Ferenc István Gábor Zoltán Péter
Sándor Attila Katalin Ágnes Judit Ion Klaus Traian Mihai Andrei Nicolae Gheorghe Vasile Constantin Maia Ioana
Elena Rumen Boyko Georgi Dimitar Ivan Petar Stefan Nikola Marko Milan Dragan Zoran Goran Slobodan Aleksandar
Ivica Josip Ante Zdravko Borut Janez Matej Luka Milorad Bakir Jelena Milica Ljiljana Vesna Snežana Alexis
Kyriakos Giorgos Yannis Nikos Dimitris Kostas Andreas Nicos Katerina Eleni Sofia Recep Tayyip Abdullah Ahmet
Mehmet Mustafa Ali Kemal Ismet Süleyman Turgut Bülent Devlet Binali Ekrem Mansur Hakan Murat Emre Burak Cem
Deniz Ayşe Fatma Zeynep Elif Emine Meral Tansu Selahattin Ilham Heydar Nikol Serzh Vahan Salome Mikheil Irakli
Giorgi Bidzina Nino Tamar Nursultan Kassym-Jomart Shavkat Islam Emomali Gurbanguly Serdar Sadyr Almazbek
Sooronbay Aigul Dinara Gulnara Nurlan Yerlan Bakyt Temir Timur Rustam Farrukh Bobur Dilnoza Nodira Aziza Azamat
Ulan Aibek Kanat Zhanar Benjamin Yair Naftali Ehud Ariel Shimon Yitzhak Golda Moshe Avigdor Benny Tzipi Isaac
David Itamar Bezalel Yoav Mahmoud Ismail Yahya Bashar Hafez Saad Rafik Nabih Michel Nouri Haider Barham Adel
Mohammed Fuad Hassan Ali Akbar Hashemi Mahmoud Mohammad Javad Ebrahim Qasem Zahra Masoud Mehdi Hossein Hamid
Parviz Farhad Bahram Darius Dariush Kaveh Siavash Shirin Azadeh Golnaz Mahsa Nasrin Narges Hamidreza Alireza
Mohammadreza Amirhossein Hun Norodom Sihanouk Aung Thein Htin Min Khin Maung Kyaw Zaw Than Nyan Soe Myint Suu Ko
Ma Daw Sai Nang Hla Thida Thandar Somchai Prayuth Thaksin Yingluck Srettha Abhisit Chuan Somsak Suda Nguyen
Nguyễn Tran Trần Le Phạm Pham Hoang Vo Dang Bui Ngo Duong Phuc Trong Minh Thi Van Duc Huong Lan Linh Thao Joko
Susilo Megawati Prabowo Sri Budi Agus Dewi Siti Wayan Made Ketut Nyoman Bambang Eko Hendra Rina Yudhoyono
Mahathir Anwar Najib Muhyiddin Ismail Azmin Lim Lee Tan Goh Wong Chan Cheung Ng Rodrigo Ferdinand Bongbong
Benigno Gloria Corazon Leni Imelda Manny Jejomar Reynaldo Jhun Jun Jejomar Rommel Arnel Marites Maricel Rowena
Joel Gemma Analyn Liza Rosalinda Xi Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Zhu Lin Guo Gao Luo
Zheng Liang Xie Tang Deng Feng Cao Peng Jiang Cai Pan Tsai Chiang Chu Hu Mao Ma Jack Wei Ming Hui Mei Ling Xiao
Jing Yan Fang Hong Jun Kim Park Choi Jung Jeong Kang Cho Yoon Yun Jang Lim Han Shin Seo Kwon Hwang Ahn Moon Jeon
Bae Baek Yoo Jae-myung Min-jun Ji-hoon Shinzo Yoshihide Fumio Shigeru Taro Ichiro Kenji Hiroshi Takashi Akira
Yuki Naomi Haruka Yoko Keiko Junichiro Yukio Naoto Makoto Satoshi Kazuo Masahiro Tsuyoshi Tatsuya Daisuke Sakura
Aiko Emi Yumi Hideki Koji Frank Josaia Sitiveni Ratu Voreqe Laisenia Mahendra Biman Timoci Jone Josefa Mere
Litia Salote Semi Tevita Sione Semisi Viliami Mele Siaosi Akilisi Lupe Fiame Tuilaepa Faleolo Tavita Malia Sina
Pita Manasseh Jeremiah Gideon Ezekiel Ephraim Elijah Nehemiah Obadiah Silas Barnabas Simeon Josiah Amos Hosea
Micah Rufus Titus Cornelius Festus Augustine Boniface Clement Cletus Fabian Ignatius Jerome Lazarus Linus Pius
Polycarp Prosper Sylvester Tobias Valentine Zacharias Wilfred Alfred Cecil Cedric Cuthbert Desmond Dudley Edgar
Edmund Ernest Errol Everton Garfield Glenroy Herbert Hubert Leroy Lennox Lloyd Marlon Maurice Norman Oswald
Percival Reginald Rupert Stanley Usain Portia Beverley Marcia Veronica Yvonne Yvette Claudette Paulette
Shelly-Ann
""") - _words("""
Hope Faith Gift Blessing Comfort Patience Joy Charity Precious Divine Grace Justice Prince Precious Park Moon
Han Van Sultan Islam Salvador Santiago Washington Victoria Virginia Florence Charlotte Madison Austin Jordan Sun
Long Rose Amber Mark Will May June April August Sunday Friday Ma Ho Made Sai Min Ming Jung Hui Van Le Do Le Neo
Solo Pan Ray Rob Max Hong Ling Kato Baba Shah Kara Beni Pemba Don Jack Bill Major General Amani Baraka Simba
Orlando Lima Sofia Petra Roman Christian Mercedes Tang Peng Gao Cai Cali Wei Juba Diego Ato Divine Innocent
Danish Hindi Pilar Alexis Dolores Regina Helena Sydney Ali Mars Gul Sultan Hamilton Nelson Chad Kent Lord Marine
Male Jan Ana Noor Nour Delta Daw Ko Linda Clement Prosper Legend Royal King Queen Crown Sky Summer Autumn Star
Angel Santa Holy Mai Hana Mina Rita San Maya Dan Lan Dang Emi Mart Van Lan Ming Hoda Feng Guo
""")
"""Frequent given names (and family names that come first); those that are as often something else are left out."""

MAYBE_GIVEN = _words("""
April May June August Sunday Monday Friday Hope Faith Gift Blessing Comfort Patience Joy Charity Precious Divine
Grace Justice Prince Will Mark Rose Amber Florence Victoria Virginia Charlotte Austin Jordan Chad Israel Georgia
Santiago Paris Sydney London Carolina Max Ray Rob Jan Dan Ben Don Bill Jack Diego Orlando Salvador Mercedes
Dolores Pilar Alexis Christian Roman Sofia Petra Helena Regina Linda Clement Prosper Sultan Islam Hana Mina Maya
Rita Ana Noor Nour Marine Washington Nelson Hamilton Kent Lord Madison Ato Ama Kato Ko Ma Min Ming Sai Mai Hong
Mei Ali Basil
""")
"""Given names that are as often something else: they count only before an unexplained capital."""

SURNAMES = _words("""
Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson
Anderson Taylor Moore Jackson Thompson Harris Sanchez Clark Ramirez Lewis Robinson Walker Allen Wright Torres
Nguyen Hill Flores Green Adams Baker Campbell Mitchell Carter Roberts Murphy Kelly O'Brien O'Connor Ryan Byrne
Walsh McCarthy Gallagher Doyle MacDonald McDonald Stewart Fraser Murray Morrison Cameron Ferguson Evans Davies
Hughes Edwards Griffiths Khan Malik Butt Chaudhry Chaudhary Bhatti Qureshi Siddiqui Ansari Mirza Baig Sheikh
Shaikh Abbasi Zardari Bhutto Gilani Soomro Mengal Bugti Marri Afridi Durrani Yousafzai Khattak Singh Sharma
Kumar Patel Gupta Verma Das Roy Banerjee Chatterjee Mukherjee Ghosh Bose Sen Dutta Reddy Rao Naidu Nair Menon
Pillai Iyer Iyengar Krishnan Subramanian Joshi Desai Mehta Shah Kapoor Chopra Malhotra Gandhi Nehru Modi Yadav
Thakur Mishra Tiwari Pandey Shrestha Gurung Tamang Rai Sherpa Thapa Karki Oli Dahal Rahman Hossain Islam Ahmed
Begum Chowdhury Uddin Haque Alam Sarkar Mia Perera Fernando de Silva Silva Wickremesinghe Rajapaksa Bandaranaike
Jayawardene Dissanayake Okonkwo Okafor Eze Nwosu Obi Adeyemi Adebayo Ogunleye Balogun Bello Abubakar Buhari
Obasanjo Mensah Owusu Boateng Asante Osei Appiah Agyeman Amoah Ofori Quaye Addo Mahama Akufo-Addo Kenyatta
Odinga Ruto Kibaki Moi Mwangi Kamau Otieno Ochieng Omondi Wanyama Kiplagat Kipchumba Cheruiyot Museveni Kagame
Magufuli Nyerere Kikwete Mkapa Banda Phiri Mwale Tembo Zulu Dlamini Nkosi Mokoena Ndlovu Moyo Ncube Sibanda
Mugabe Mnangagwa Chamisa Zuma Ramaphosa Mbeki Mandela van der Merwe Botha Naidoo Pillay Traoré Diallo Diop
Ndiaye Sow Ba Keita Touré Coulibaly Konaté Ouattara Sawadogo Kaboré Compaoré Tshisekedi Kabila Hernández
González Rodríguez Martínez García López Pérez Sánchez Ramírez Gómez Díaz Vásquez Vázquez Castro Ortiz Morales
Gutiérrez Reyes Cruz Mendoza Chávez Rivera Rojas Romero Herrera Medina Aguilar Vargas Guzmán Muñoz Álvarez
Fernández Jiménez Ruiz Suárez Molina Silva Santos Oliveira Souza Pereira Ferreira Costa Almeida Ribeiro Carvalho
Gomes Martins Lima Araújo Barbosa Rocha Dias Nascimento Bolsonaro Lula Müller Schmidt Schneider Fischer Weber
Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Merkel Scholz Dubois Durand
Leroy Moreau Laurent Lefebvre Bertrand Macron Sarkozy Hollande Rossi Russo Ferrari Esposito Bianchi Romano
Colombo Ricci Marino Greco Conti Meloni Berlusconi Johansson Andersson Karlsson Nilsson Eriksson Larsson Olsson
Hansen Olsen Larsen Pedersen Nielsen Jensen Sørensen Virtanen Ivanov Petrov Sidorov Smirnov Kuznetsov Popov
Volkov Putin Lavrov Medvedev Shevchenko Zelensky Poroshenko Kovalenko Kowalski Nowak Wiśniewski Novák Horvat
Kovač Nagy Szabó Tóth Orbán Popescu Ionescu Papadopoulos Erdogan Erdoğan Yılmaz Demir Kaya Öztürk Tanaka Suzuki
Sato Takahashi Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Sasaki Kishida Abe Netanyahu Cohen
Levy Mizrahi Peretz Rouhani Khamenei Raisi Zarif Ahmadinejad Hosseini Karimi Rezaei Haddad Khoury Mansour
Nasrallah Hariri Aoun Assad Widodo Subianto Sukarno Suharto Marcos Duterte Aquino Bautista Villanueva Dela Ramos
Trump Biden Obama Clinton Bush Reagan Johnson Sunak Starmer Blair Thatcher Trudeau Albanese Morrison Ardern
""") - _words("""
Hill Flores Green King Wolf Das Bush Cruz Lima Castro Costa Park Young Islam Shah Sen Bose Rose Rai Ba Silva
Romano Conti Klein Santos Rivera Marino de van der Dela Lula Marcos Colombo Zulu Medina Rocha Mendoza Reading
Bello Oli Koch Hague Eze Shaikh Sheikh
""")
"""Frequent family names."""

PORTFOLIOS = _words("""
Affairs Foreign Interior Defence Defense Finance Health Education Trade Industry Industries Agriculture
Environment Energy Transport Transportation Tourism Labour Labor Justice Business Resources Service Services
Audit Development Planning Water Housing Sport Sports Culture Youth Gender Fisheries Forestry Lands Mines Mining
Information Technology Science Administration Operations Security Investment Commerce Community Communications
Communication Marketing Maritime Mineral Natural Human Social Welfare Economic Economy Internal External Public
Works Infrastructure Innovation Research Training Employment Immigration Religious Rural Urban Local Government
National Parliamentary Legal Petroleum Power Irrigation Livestock Wildlife Home State General Religious Climate
Digital Sciences Engineering Studies Exports Corporate Media Relations Policy Programmes Programs Parliament
Opposition
""")
"""Words of portfolios and departments, which stand between a role and its holder's name."""

NOT_NAMES = _words("""
Members Officers Headquarters Fisherman Farmer Fishermen Ministers Secretaries Directors Judges Staff Cabinet
Guests Delegates Sponsors Questions Machines Situations Board Bench Counsel Office Order Orders Says Said Tells
Told Calls Urges Warns Wins Win Wants Seeks Gets Makes Takes Hits Opens Closes Signs Names Named Leads Inspects
Trims Fields Faces Denies Backs Sees Meets Visits Nation First World Sea Bank Council Ministry University
Committee Commission Hall Palace Star Ferry Ferries Church Party Army Bloc Front Inspection Charity Cricket
Football Rugby
""")
"""Capitalised words that stand beside titles but name nobody."""

PARTICLES = frozenset(
    (
        "de da do dos das del della di du van von der den ter ten bin ibn bint al el ul ud ur as ad y e ben ould "
        "abu la le las los st ap af av zu"
    ).split()
)
"""Lower-case parts inside names."""
