"""Places beyond the countries and territories of CLDR: cities, states, regions, seas, rivers and mountains."""

from __future__ import annotations


def _lines(block: str) -> frozenset[str]:
    return frozenset(name.strip() for line in block.split("\n") for name in line.split(",") if name.strip())


COUNTRY_FORMS = _lines("""
United States, United States of America, USA, US, U.S., U.S.A., United Kingdom, UK, U.K., Britain, Great Britain
England, Scotland, Wales, Northern Ireland, Burma, Czech Republic, Ivory Coast, Cote d'Ivoire, Côte d'Ivoire
Cape Verde, Swaziland, East Timor, Holland, Macedonia, North Macedonia, Republic of Korea, South Korea
North Korea, DPRK, DRC, DR Congo, Democratic Republic of Congo, Democratic Republic of the Congo
Republic of Congo, Republic of the Congo, Congo, UAE, United Arab Emirates, Emirates, Soviet Union, USSR
Yugoslavia, Czechoslovakia, Turkey, Türkiye, Turkiye, Vatican, Holy See, Kosovo, Palestine, Somaliland, Taiwan
Hong Kong, Macau, Macao, PNG, CAR, Central African Republic, People's Republic of China
Islamic Republic of Iran, Russian Federation, Trinidad, Tobago, St Lucia, St. Lucia, St Vincent, Antigua
Zanzibar, Puerto Rico, Guam, Greenland, Bermuda, Gibraltar, Eswatini, The Gambia, Gambia, São Tomé, Sao Tome
Bosnia, Herzegovina, St Kitts, Nevis, West Germany, East Germany, Prussia, Ottoman Empire, Zaire, Rhodesia
Ceylon, Crimea, Nagorno-Karabakh, Abkhazia, South Ossetia, Transnistria, Catalonia, Quebec, Tibet, Kashmir, Gaza
Gaza Strip, Bahamas, Netherlands, Philippines, Maldives, Seychelles, Comoros, Solomons, Solomon Islands
Marshall Islands, Cook Islands, Faroe Islands, Sint Maarten, Curaçao, Aruba, French Guiana, Guadeloupe
Martinique, New Caledonia, French Polynesia, American Samoa, Western Sahara
""")
"""Further and older names and usual short forms of countries and polities."""

CITIES = _lines("""
Kabul, Kandahar, Herat, Mazar-i-Sharif, Jalalabad, Tirana, Algiers, Oran, Constantine, Annaba, Andorra la Vella
Luanda, Benguela, Huambo, Lobito, Buenos Aires, Rosario, Mendoza, La Plata, Salta, Tucumán, Yerevan, Gyumri
Sydney, Melbourne, Brisbane, Perth, Adelaide, Canberra, Hobart, Darwin, Cairns, Townsville, Geelong, Newcastle
Wollongong, Alice Springs, Vienna, Graz, Linz, Salzburg, Innsbruck, Baku, Ganja, Nassau, Manama, Dhaka
Chittagong, Chattogram, Sylhet, Khulna, Rajshahi, Barisal, Narayanganj, Cox's Bazar, Rangpur, Bridgetown, Minsk
Brest, Gomel, Grodno, Brussels, Antwerp, Ghent, Liège, Bruges, Charleroi, Leuven, Belmopan, Belize City
Porto-Novo, Cotonou, Parakou, Thimphu, Paro, Phuentsholing, La Paz, Sucre, Cochabamba, Oruro, El Alto, Potosí
Sarajevo, Mostar, Banja Luka, Tuzla, Gaborone, Francistown, Maun, Brasília, Brasilia, São Paulo, Sao Paulo
Rio de Janeiro, Rio, Recife, Fortaleza, Manaus, Belém, Porto Alegre, Curitiba, Belo Horizonte, Santos
Bandar Seri Begawan, Sofia, Plovdiv, Varna, Burgas, Ouagadougou, Bobo-Dioulasso, Bujumbura, Gitega, Phnom Penh
Siem Reap, Battambang, Sihanoukville, Yaoundé, Yaounde, Douala, Bamenda, Garoua, Maroua, Ottawa, Toronto
Montreal, Vancouver, Calgary, Edmonton, Winnipeg, Quebec City, Halifax, Hamilton, Regina, Saskatoon, Iqaluit
Yellowknife, Whitehorse, Praia, Bangui, Bria, N'Djamena, Abéché, Moundou, Santiago, Valparaíso, Concepción
Antofagasta, Iquique, Punta Arenas, Beijing, Peking, Shanghai, Guangzhou, Shenzhen, Chongqing, Tianjin, Wuhan
Chengdu, Nanjing, Hangzhou, Xi'an, Xian, Urumqi, Lhasa, Kunming, Harbin, Dalian, Qingdao, Shenyang, Suzhou
Xiamen, Zhengzhou, Changsha, Kashgar, Ürümqi, Dongguan, Ningbo, Hohhot, Lanzhou, Jinan, Bogotá, Bogota, Medellín
Medellin, Cali, Barranquilla, Cartagena, Bucaramanga, Cúcuta, Riohacha, Leticia, Moroni, Kinshasa, Lubumbashi
Goma, Bukavu, Kisangani, Mbuji-Mayi, Kananga, Bunia, Beni, Brazzaville, Pointe-Noire, San José, San Jose, Limón
Abidjan, Yamoussoukro, Bouaké, Zagreb, Split, Rijeka, Dubrovnik, Osijek, Zadar, Havana, Santiago de Cuba
Camagüey, Nicosia, Limassol, Larnaca, Paphos, Prague, Brno, Ostrava, Plzeň, Olomouc, Copenhagen, Aarhus, Odense
Aalborg, Djibouti City, Roseau, Santo Domingo, Dili, Quito, Guayaquil, Cuenca, Cairo, Alexandria, Giza, Suez
Port Said, Luxor, Aswan, Ismailia, Mansoura, Damietta, Sharm el-Sheikh, San Salvador, Malabo, Bata, Asmara
Massawa, Keren, Assab, Tallinn, Tartu, Narva, Pärnu, Mbabane, Manzini, Addis Ababa, Mekelle, Dire Dawa
Bahir Dar, Gondar, Hawassa, Adama, Harar, Jimma, Suva, Nadi, Lautoka, Labasa, Helsinki, Tampere, Turku, Oulu
Espoo, Paris, Marseille, Lyon, Toulouse, Nice, Nantes, Strasbourg, Bordeaux, Lille, Rennes, Grenoble, Calais
Cannes, Le Havre, Dunkirk, Libreville, Port-Gentil, Banjul, Tbilisi, Batumi, Kutaisi, Gori, Berlin, Hamburg
Munich, Cologne, Frankfurt, Stuttgart, Düsseldorf, Dusseldorf, Dortmund, Leipzig, Dresden, Bremen, Hanover
Nuremberg, Bonn, Kiel, Rostock, Essen, Accra, Kumasi, Tamale, Takoradi, Tema, Cape Coast, Bolgatanga, Koforidua
Ho, Athens, Thessaloniki, Patras, Piraeus, Heraklion, Nuuk, St. George's, Guatemala City, Antigua Guatemala
Conakry, Nzérékoré, Bissau, Georgetown, Port-au-Prince, Cap-Haïtien, Tegucigalpa, San Pedro Sula, Budapest
Debrecen, Szeged, Pécs, Győr, Reykjavik, Reykjavík, Akureyri, New Delhi, Delhi, Mumbai, Bombay, Kolkata
Calcutta, Chennai, Madras, Bangalore, Bengaluru, Hyderabad, Ahmedabad, Pune, Jaipur, Lucknow, Kanpur, Nagpur
Bhopal, Patna, Ranchi, Guwahati, Srinagar, Jammu, Amritsar, Chandigarh, Varanasi, Agra, Kochi, Cochin
Thiruvananthapuram, Madurai, Coimbatore, Visakhapatnam, Vijayawada, Surat, Vadodara, Indore, Mysuru, Mysore
Mangaluru, Imphal, Shillong, Aizawl, Kohima, Itanagar, Gangtok, Agartala, Dispur, Shimla, Dehradun, Leh
Bhubaneswar, Cuttack, Raipur, Noida, Gurgaon, Gurugram, Ludhiana, Jodhpur, Udaipur, Darjeeling, Siliguri
Jakarta, Surabaya, Bandung, Medan, Semarang, Makassar, Denpasar, Yogyakarta, Palembang, Kupang, Manado, Jayapura
Balikpapan, Pontianak, Ambon, Banda Aceh, Nusantara, Solo, Tehran, Mashhad, Isfahan, Esfahan, Shiraz, Tabriz
Qom, Ahvaz, Yazd, Kerman, Bushehr, Bandar Abbas, Zahedan, Natanz, Rasht, Baghdad, Basra, Mosul, Erbil, Kirkuk
Najaf, Karbala, Sulaymaniyah, Fallujah, Ramadi, Samarra, Duhok, Nasiriyah, Tikrit, Dublin, Cork, Galway
Limerick, Waterford, Jerusalem, Tel Aviv, Haifa, Beersheba, Eilat, Ashdod, Ashkelon, Nazareth, Rome, Milan
Naples, Turin, Venice, Florence, Genoa, Bologna, Palermo, Bari, Catania, Trieste, Verona, Pisa, Lampedusa
Kingston, Montego Bay, Spanish Town, Mandeville, Tokyo, Osaka, Kyoto, Yokohama, Nagoya, Sapporo, Fukuoka, Kobe
Hiroshima, Nagasaki, Sendai, Fukushima, Naha, Niigata, Amman, Irbid, Zarqa, Aqaba, Mafraq, Astana, Almaty
Nur-Sultan, Shymkent, Karaganda, Aktau, Atyrau, Baikonur, Nairobi, Mombasa, Kisumu, Nakuru, Eldoret, Garissa
Malindi, Thika, Lamu, Kakamega, Nyeri, Machakos, Kitale, Naivasha, Lodwar, Turkana, Marsabit, Mandera, Wajir
Voi, Tarawa, Pristina, Prizren, Mitrovica, Kuwait City, Bishkek, Osh, Jalal-Abad, Naryn, Vientiane
Luang Prabang, Savannakhet, Pakse, Riga, Daugavpils, Liepāja, Jurmala, Beirut, Tripoli, Sidon, Tyre, Baalbek
Zahle, Maseru, Monrovia, Benghazi, Misrata, Sirte, Tobruk, Sabha, Vaduz, Vilnius, Kaunas, Klaipėda, Klaipeda
Luxembourg City, Antananarivo, Toamasina, Lilongwe, Blantyre, Mzuzu, Zomba, Kuala Lumpur, Johor Bahru
George Town, Ipoh, Kuching, Kota Kinabalu, Putrajaya, Malacca, Klang, Sandakan, Malé, Male, Bamako, Timbuktu
Gao, Kidal, Mopti, Ségou, Valletta, Sliema, Majuro, Nouakchott, Nouadhibou, Port Louis, Mexico City, Guadalajara
Monterrey, Tijuana, Ciudad Juárez, Ciudad Juarez, Puebla, Acapulco, Cancún, Cancun, Veracruz, Culiacán, Oaxaca
Mérida, Palikir, Chisinau, Chișinău, Tiraspol, Comrat, Monaco, Ulaanbaatar, Ulan Bator, Erdenet, Darkhan
Podgorica, Nikšić, Budva, Kotor, Rabat, Casablanca, Marrakesh, Marrakech, Fez, Tangier, Agadir, Laayoune, Maputo
Beira, Nampula, Pemba, Tete, Quelimane, Nacala, Naypyidaw, Nay Pyi Taw, Yangon, Rangoon, Mandalay, Myitkyina
Sittwe, Mawlamyine, Bago, Lashio, Windhoek, Walvis Bay, Swakopmund, Oshakati, Yaren, Kathmandu, Pokhara
Biratnagar, Lalitpur, Birgunj, Janakpur, Nepalgunj, Amsterdam, Rotterdam, The Hague, Hague, Utrecht, Eindhoven
Groningen, Maastricht, Auckland, Wellington, Christchurch, Dunedin, Queenstown, Rotorua, Tauranga, Napier
Gisborne, Whangarei, Nelson, Managua, León, Granada, Niamey, Agadez, Zinder, Maradi, Diffa, Abuja, Lagos, Kano
Ibadan, Kaduna, Port Harcourt, Benin City, Maiduguri, Jos, Enugu, Ilorin, Zaria, Calabar, Abeokuta, Onitsha
Warri, Owerri, Uyo, Akure, Lokoja, Makurdi, Sokoto, Katsina, Bauchi, Gombe, Yola, Minna, Lafia, Asaba, Awka, Aba
Osogbo, Damaturu, Pyongyang, Skopje, Bitola, Ohrid, Tetovo, Oslo, Bergen, Trondheim, Stavanger, Tromsø, Muscat
Salalah, Sohar, Nizwa, Islamabad, Karachi, Lahore, Rawalpindi, Peshawar, Quetta, Faisalabad, Multan, Sialkot
Gujranwala, Gilgit, Skardu, Muzaffarabad, Sukkur, Larkana, Bahawalpur, Gwadar, Abbottabad, Swat, Sargodha
Mardan, Chitral, Thatta, Mirpur, Turbat, Chaman, Torkham, Hunza, Ngerulmud, Koror, Ramallah, Gaza City, Nablus
Hebron, Jenin, Bethlehem, Jericho, Rafah, Khan Younis, Panama City, Colón, Port Moresby, Lae, Goroka
Mount Hagen, Madang, Rabaul, Asunción, Asuncion, Ciudad del Este, Encarnación, Lima, Arequipa, Cusco, Cuzco
Trujillo, Iquitos, Puno, Piura, Manila, Quezon City, Cebu City, Cebu, Davao, Davao City, Zamboanga, Baguio
Makati, Cotabato, Iloilo, Marawi, Tacloban, Legazpi, Batangas City, Puerto Princesa, Warsaw, Krakow, Kraków
Gdańsk, Gdansk, Łódź, Lodz, Wrocław, Wroclaw, Poznań, Poznan, Lublin, Katowice, Szczecin, Lisbon, Porto, Coimbra
Braga, Faro, Funchal, Doha, Bucharest, Cluj, Cluj-Napoca, Timișoara, Timisoara, Iași, Iasi, Constanța, Constanta
Brașov, Moscow, St Petersburg, St. Petersburg, Saint Petersburg, Vladivostok, Novosibirsk, Yekaterinburg, Kazan
Sochi, Kaliningrad, Murmansk, Grozny, Samara, Omsk, Rostov-on-Don, Volgograd, Irkutsk, Yakutsk, Khabarovsk
Arkhangelsk, Makhachkala, Ufa, Perm, Chelyabinsk, Kigali, Butare, Huye, Musanze, Rubavu, Apia, San Marino
Riyadh, Jeddah, Mecca, Makkah, Medina, Madinah, Dammam, Taif, Tabuk, Dhahran, Neom, Dakar, Thiès, Saint-Louis
Ziguinchor, Touba, Kaolack, Belgrade, Novi Sad, Niš, Nis, Subotica, Freetown, Makeni, Kenema, Koidu, Bratislava
Košice, Kosice, Žilina, Nitra, Trnava, Banská Bystrica, Ljubljana, Maribor, Koper, Celje, Honiara, Gizo, Auki
Mogadishu, Hargeisa, Kismayo, Baidoa, Bosaso, Garowe, Berbera, Beledweyne, Galkayo, Jowhar, Merca, Pretoria
Johannesburg, Cape Town, Durban, Port Elizabeth, Gqeberha, Bloemfontein, Pietermaritzburg, East London
Kimberley, Polokwane, Soweto, Rustenburg, Stellenbosch, Mbombela, Upington, Seoul, Busan, Incheon, Daegu
Daejeon, Gwangju, Ulsan, Suwon, Pohang, Changwon, Sejong, Juba, Malakal, Bor, Bentiu, Wau, Yei, Torit, Aweil
Abyei, Madrid, Barcelona, Valencia, Seville, Bilbao, Zaragoza, Málaga, Malaga, Cádiz, Vigo, Pamplona
San Sebastián, Palma, Las Palmas, Ceuta, Melilla, Colombo, Kandy, Galle, Jaffna, Trincomalee, Batticaloa
Negombo, Hambantota, Kotte, Anuradhapura, Khartoum, Omdurman, Port Sudan, El Fasher, Al-Fashir, Nyala, Kassala
El Obeid, Kadugli, Gedaref, Wad Madani, Atbara, Paramaribo, Stockholm, Gothenburg, Malmö, Uppsala, Kiruna, Umeå
Bern, Berne, Zurich, Zürich, Geneva, Basel, Lausanne, Lucerne, Davos, Lugano, Damascus, Aleppo, Homs, Hama
Latakia, Idlib, Raqqa, Deir ez-Zor, Daraa, Palmyra, Tartus, Qamishli, Suwayda, Taipei, Kaohsiung, Taichung
Tainan, Hsinchu, Keelung, Dushanbe, Khujand, Khorog, Dodoma, Dar es Salaam, Arusha, Mwanza, Mbeya, Tanga
Morogoro, Moshi, Kigoma, Tabora, Bagamoyo, Bangkok, Chiang Mai, Phuket, Pattaya, Hat Yai, Songkhla, Khon Kaen
Lomé, Lome, Kara, Sokodé, Nuku'alofa, Nuku’alofa, Port of Spain, San Fernando, Scarborough, Tunis, Sfax, Sousse
Bizerte, Kairouan, Gabès, Gafsa, Kasserine, Sidi Bouzid, Tataouine, Monastir, Ankara, Istanbul, Izmir, Antalya
Adana, Bursa, Gaziantep, Diyarbakir, Diyarbakır, Konya, Trabzon, Erzurum, Mardin, Hatay, Van, Mersin, Ashgabat
Turkmenabat, Mary, Funafuti, Kampala, Entebbe, Gulu, Jinja, Mbarara, Mbale, Soroti, Arua, Kasese, Fort Portal
Masaka, Lira, Moroto, Hoima, Kyiv, Kiev, Kharkiv, Odesa, Odessa, Lviv, Dnipro, Donetsk, Luhansk, Mariupol
Zaporizhzhia, Kherson, Mykolaiv, Chernihiv, Sumy, Bakhmut, Sevastopol, Chernobyl, Poltava, Abu Dhabi, Dubai
Sharjah, Ajman, Fujairah, Al Ain, London, Manchester, Birmingham, Liverpool, Leeds, Glasgow, Edinburgh, Belfast
Cardiff, Bristol, Sheffield, Nottingham, Leicester, Southampton, Portsmouth, Plymouth, Brighton, Oxford
Cambridge, Aberdeen, Dundee, Swansea, Newport, Coventry, Norwich, Hull, York, Exeter, Inverness, Derry
Londonderry, Bradford, Reading, Sunderland, Salisbury, Dover, Blackpool, Washington, Washington DC
Washington D.C., New York, New York City, Los Angeles, Chicago, Houston, Philadelphia, Phoenix, San Antonio
San Diego, Dallas, San Francisco, Boston, Seattle, Denver, Detroit, Atlanta, Miami, Minneapolis, Las Vegas
New Orleans, Baltimore, Cleveland, Pittsburgh, Cincinnati, St. Louis, St Louis, Kansas City, Nashville, Memphis
Charlotte, Orlando, Tampa, Indianapolis, Columbus, Milwaukee, Sacramento, Portland, Oakland, Albuquerque, Tucson
El Paso, Honolulu, Anchorage, Juneau, Omaha, Tulsa, Oklahoma City, Buffalo, Hollywood, Brooklyn, Manhattan
Queens, Bronx, Harlem, Albany, Trenton, Hartford, Salt Lake City, Boise, Louisville, Santa Fe, Baton Rouge
Cheyenne, Helena, Fairbanks, Hilo, Montevideo, Salto, Tashkent, Samarkand, Bukhara, Andijan, Fergana, Nukus
Namangan, Termez, Port Vila, Luganville, Vatican City, Caracas, Maracaibo, Ciudad Guayana, Barquisimeto, Hanoi
Ho Chi Minh City, Saigon, Da Nang, Haiphong, Hue, Can Tho, Nha Trang, Hoi An, Sanaa, Sana'a, Sana’a, Aden
Hodeidah, Taiz, Marib, Mukalla, Lusaka, Ndola, Kitwe, Livingstone, Kabwe, Chipata, Solwezi, Harare, Bulawayo
Mutare, Gweru, Masvingo, Victoria Falls, Hwange, Guantanamo Bay, Pago Pago, Nouméa, Noumea, Papeete, Hagåtña
Hagatna, Saipan, Stanley, Douglas, Willemstad, Oranjestad, San Juan, Charlotte Amalie, Cayenne, Fort-de-France
Tórshavn, Alofi, Avarua, Basseterre, Castries, Kingstown, Victoria, Port Stanley, Ürgench, Urgench, Kyrenia
Famagusta, Balochistan, Nicosia
""")
"""Capitals and large or often-named cities."""

STATES = _lines("""
Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Hawaii, Idaho
Illinois, Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota
Mississippi, Missouri, Montana, Nebraska, Nevada, New Hampshire, New Jersey, New Mexico, North Carolina
North Dakota, Ohio, Oklahoma, Oregon, Pennsylvania, Rhode Island, South Carolina, South Dakota, Tennessee, Texas
Utah, Vermont, Virginia, West Virginia, Wisconsin, Wyoming, District of Columbia, Ontario, British Columbia
Alberta, Manitoba, Saskatchewan, Nova Scotia, New Brunswick, Newfoundland, Labrador, Prince Edward Island
Nunavut, Yukon, Northwest Territories, New South Wales, Queensland, Tasmania, South Australia, Western Australia
Northern Territory, Australian Capital Territory, Andhra Pradesh, Arunachal Pradesh, Assam, Bihar, Chhattisgarh
Goa, Gujarat, Haryana, Himachal Pradesh, Jharkhand, Karnataka, Kerala, Madhya Pradesh, Maharashtra, Manipur
Meghalaya, Mizoram, Nagaland, Odisha, Orissa, Punjab, Rajasthan, Sikkim, Tamil Nadu, Telangana, Tripura
Uttar Pradesh, Uttarakhand, West Bengal, Ladakh, Jammu and Kashmir, Puducherry, Pondicherry, Lakshadweep, Sindh
Balochistan, Baluchistan, Khyber Pakhtunkhwa, Gilgit-Baltistan, Azad Kashmir, Waziristan, North Waziristan
South Waziristan, Helmand, Nangarhar, Kunduz, Badakhshan, Xinjiang, Guangdong, Sichuan, Yunnan, Hunan, Hubei
Hebei, Henan, Fujian, Zhejiang, Jiangsu, Anhui, Shandong, Shanxi, Shaanxi, Gansu, Qinghai, Hainan, Guizhou
Guangxi, Inner Mongolia, Jilin, Liaoning, Heilongjiang, Jiangxi, Ningxia, Abia, Adamawa, Akwa Ibom, Anambra
Bayelsa, Benue, Borno, Cross River, Ebonyi, Edo, Ekiti, Imo, Jigawa, Kebbi, Kogi, Kwara, Nasarawa, Ogun, Ondo
Osun, Oyo, Plateau, Rivers State, Taraba, Yobe, Zamfara, KwaZulu-Natal, Gauteng, Limpopo, Mpumalanga
Eastern Cape, Western Cape, Northern Cape, Free State, Darfur, West Darfur, North Darfur, South Darfur
South Kordofan, North Kordofan, Blue Nile, Tigray, Amhara, Oromia, Afar, Puntland, Jubaland, Galmudug
Hirshabelle, North Kivu, South Kivu, Ituri, Katanga, Kasai, Cabo Delgado, Nampula, Ashanti, Bavaria, Saxony
Hesse, North Rhine-Westphalia, Lower Saxony, Brandenburg, Thuringia, Andalusia, Galicia, Basque Country
Lombardy, Sicily, Sardinia, Tuscany, Veneto, Piedmont, Calabria, Corsica, Brittany, Normandy, Provence, Alsace
Chechnya, Dagestan, Tatarstan, Ingushetia, North Ossetia, Bashkortostan, Donbas, Galilee, Aceh, Papua
West Papua, East Nusa Tenggara, West Java, East Java, Central Java, Bali, Sabah, Sarawak, Penang, Selangor
Johor, Kelantan, Rakhine, Kachin, Kayin, Sagaing, Guerrero, Michoacán, Chiapas, Sinaloa, Sonora, Chihuahua
Jalisco, Nuevo León, Tamaulipas, Yucatán, Quintana Roo, Baja California, Minas Gerais, Bahia, Pará, Amazonas
Paraná, Santa Catarina, Rondônia, Mato Grosso, Ceará, Antioquia, La Guajira, Cauca, Chocó, Hokkaido, Okinawa
Jeju, Gangwon, Cornwall, Kent, Essex, Surrey, Sussex, Yorkshire, Lancashire, Devon, Norfolk, Suffolk, Hampshire
Derbyshire, Cheshire, Cumbria, Oxfordshire, Cambridgeshire, Hertfordshire, Lincolnshire, Staffordshire
Nottinghamshire, Ulster, Matabeleland, Mashonaland, Copperbelt, Bougainville, Guadalcanal, Malaita, Vojvodina
Republika Srpska, Adjara, Zaporizhzhia, Anbar, Nineveh, Dhofar, Hadramawt, Hadhramaut, Khuzestan, Kurdistan
Sistan and Baluchestan, Karakalpakstan, Gagauzia, Barotseland, Rift Valley
""")
"""States, provinces and the like."""

REGIONS = _lines("""
Africa, Asia, Europe, North America, South America, Antarctica, Oceania, Americas, Latin America
Central America, Caribbean, Middle East, Near East, Far East, East Asia, South Asia, Southeast Asia
Southeast Asia, South-East Asia, Central Asia, West Asia, Northeast Asia, Asia-Pacific, East Africa, West Africa
North Africa, Southern Africa, Central Africa, Sub-Saharan Africa, sub-Saharan Africa, Horn of Africa, Sahel
Maghreb, Sahara, Sahara Desert, Kalahari, Gobi, Gobi Desert, Eastern Europe, Western Europe, Central Europe
Northern Europe, Southern Europe, Balkans, Western Balkans, Baltic, Baltics, Scandinavia, Caucasus
South Caucasus, North Caucasus, Siberia, Levant, Gulf, Persian Gulf, Arabian Peninsula, Korean Peninsula, Sinai
Sinai Peninsula, Crimean Peninsula, Iberian Peninsula, Golan Heights, West Bank, Atlantic, Atlantic Ocean
Pacific, Pacific Ocean, Indian Ocean, Arctic, Arctic Ocean, Antarctic, Southern Ocean, North Sea, Black Sea
Red Sea, Mediterranean, Mediterranean Sea, Adriatic, Adriatic Sea, Aegean, Aegean Sea, Baltic Sea, Caspian Sea
Caspian, Dead Sea, Sea of Azov, South China Sea, East China Sea, Yellow Sea, Sea of Japan, Arabian Sea
Caribbean Sea, Coral Sea, Tasman Sea, Barents Sea, Bering Sea, Strait of Hormuz, Strait of Malacca
Taiwan Strait, Bosphorus, Bosporus, Dardanelles, Bering Strait, English Channel, Channel, Gulf of Aden
Gulf of Mexico, Gulf of Guinea, Gulf of Oman, Gulf of Thailand, Gulf of Tonkin, Bay of Bengal, Bay of Biscay
Bab al-Mandab, Bab el-Mandeb, Nile, White Nile, Blue Nile, Niger River, Congo River, Congo Basin, Zambezi
Limpopo, Volta, Amazon, Amazon River, Orinoco, Rio Grande, Mississippi River, Missouri River, Colorado River
Hudson River, Potomac, Danube, Rhine, Rhône, Seine, Thames, Elbe, Oder, Vistula, Volga, Dnieper, Dniester
Euphrates, Tigris, Jordan River, Jordan Valley, Indus, Ganges, Brahmaputra, Yamuna, Jhelum, Chenab, Sutlej
Mekong, Mekong Delta, Irrawaddy, Yangtze, Yellow River, Pearl River, Amu Darya, Syr Darya, Aral Sea
Lake Victoria, Lake Tanganyika, Lake Chad, Lake Malawi, Lake Kivu, Lake Baikal, Great Lakes, Lake Titicaca
Lake Superior, Lake Michigan, Himalayas, Himalaya, Karakoram, Hindu Kush, Pamirs, Tian Shan, Alps, Pyrenees
Carpathians, Andes, Rockies, Rocky Mountains, Appalachians, Urals, Ural Mountains, Atlas Mountains
Mount Everest, Everest, K2, Mount Kilimanjaro, Kilimanjaro, Mount Kenya, Mount Fuji, Vesuvius, Mount Etna, Etna
Borneo, Sumatra, Java, Sulawesi, Luzon, Mindanao, Visayas, New Guinea, Honshu, Kyushu, Shikoku, Kuril Islands
Spratly Islands, Paracel Islands, Senkaku Islands, Canary Islands, Azores, Balearic Islands, Crete, Polynesia
Melanesia, Micronesia, Australasia, Deccan, Punjab plains, Patagonia, Pampas, Midwest, New England, Deep South
Bay Area, Silicon Valley, West Coast, East Coast, Gulf Coast, Midlands, Highlands, Swat Valley, Kashmir Valley
Panjshir Valley, Fergana Valley, Bekaa Valley, Niger Delta, Lake Chad Basin, Great Rift Valley, Serengeti
Okavango Delta, Great Barrier Reef, Sahel region, Ring of Fire, Pacific Ring of Fire, Tibetan Plateau, Outback
Pilbara, South Pacific, North Atlantic, South Atlantic, North Pacific, Western Pacific, Indo-Pacific, Eurasia
Amazonia, Mars, Venus, Jupiter, Saturn, Neptune, Uranus, Global South, Occident, Mesopotamia, Anatolia
Transylvania, Lapland, Ogaden, Kordofan, Bekaa, Thar Desert, Negev, Negev Desert, Atacama, Atacama Desert
Mojave Desert, Amazon rainforest, Sahara desert, Zagros, Zagros Mountains, Drakensberg
""")
"""Continents, regions, waters, mountains, deserts and islands that are no polity."""
