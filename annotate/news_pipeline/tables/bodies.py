"""International bodies, agencies, media and firms that the world's news names without explaining."""

from __future__ import annotations


def _names(block: str) -> frozenset[str]:
    return frozenset(name.strip() for line in block.split("\n") for name in line.split(",") if name.strip())


BODIES = _names("""
United Nations, UN, U.N., UN Security Council, United Nations Security Council, Security Council
General Assembly, UN General Assembly, UNICEF, UNESCO, UNHCR, UNDP, UNFPA, UNEP, UNCTAD, UNIDO, UNODC, UNAIDS
UNOPS, UN-Habitat, UN Women, UNRWA, UNIFIL, UNMISS, UNAMA, OCHA, IAEA, ICAO, ICJ, ICC, IOM, ILO, IMO, ITU, FAO
WFP, WHO, WMO, WIPO, WTO, IFAD, IMF, World Bank, World Bank Group, IFC, GATT, OECD, OPEC, OPEC+, NATO, Nato
European Union, EU, European Commission, European Parliament, European Council, European Central Bank, ECB
Europol, Frontex, Interpol, INTERPOL, OSCE, Council of Europe, African Union, AU, ECOWAS, Ecowas, SADC, IGAD
EAC, COMESA, ASEAN, Asean, SAARC, Saarc, Arab League, GCC, OIC, CARICOM, Caricom, Mercosur, MERCOSUR, OAS
Commonwealth, Commonwealth Secretariat, BRICS, Brics, G7, G-7, G8, G20, G-20, Group of Seven, Group of 20, Quad
Shanghai Cooperation Organisation, Shanghai Cooperation Organization, SCO, Asian Development Bank, ADB
African Development Bank, AfDB, Islamic Development Bank, EBRD, EIB, European Investment Bank
Inter-American Development Bank, AIIB, International Monetary Fund, World Health Organization
World Health Organisation, World Food Programme, World Food Program, World Trade Organization
World Trade Organisation, Food and Agriculture Organization, Food and Agriculture Organisation
International Labour Organization, International Labour Organisation, International Atomic Energy Agency
International Court of Justice, International Criminal Court, International Committee of the Red Cross, ICRC
Red Cross, Red Crescent, International Organization for Migration, World Meteorological Organization
International Organisation for Migration, International Maritime Organization, Organization of American States
Organisation of Islamic Cooperation, Organization of Islamic Cooperation
Organization for Security and Co-operation in Europe, Gulf Cooperation Council
Organisation for Economic Co-operation and Development, Gavi, GAVI, Global Fund, Amnesty International
Human Rights Watch, Oxfam, Greenpeace, Médecins Sans Frontières, Medecins Sans Frontieres
Doctors Without Borders, MSF, Save the Children, Transparency International, CARE International
World Economic Forum, Reporters Without Borders, Committee to Protect Journalists
International Olympic Committee, IOC, FIFA, Fifa, UEFA, Uefa, CAF, CONCACAF, CONMEBOL, IAAF, World Athletics
FIDE, ICC Board, BCCI, WADA, NASA, Nasa, ESA, European Space Agency, ISRO, Roscosmos, Kremlin, Pentagon
White House, Congress, Senate, House of Representatives, House of Commons, House of Lords, Lok Sabha
Rajya Sabha, Knesset, Bundestag, Bundesrat, Duma, State Duma, Majlis, Verkhovna Rada, Storting, Riksdag
Folketing, Althing, Sejm, National Assembly, Eduskunta, Politburo, Interior Ministry, Foreign Ministry
Defence Ministry, Defense Ministry, Foreign Office, Home Office, Scotland Yard, Downing Street, State Department
Justice Department, Treasury Department, Defense Department, Treasury, FBI, CIA, NSA, DEA, Homeland Security
MI5, MI6, Mossad, Shin Bet, KGB, FSB, GRU, ISI, GCHQ, Capitol Hill, Federal Reserve, Fed, Bank of England
Bank of Japan, SEC, FDA, CDC, EPA, FAA, Supreme Court, High Court, Constitutional Court, Court of Appeal
Parliament, Coast Guard, National Guard, US Army, US Navy, Air Force, Royal Navy, Royal Air Force, Hamas
Hezbollah, Hizbullah, Hizbollah, Taliban, Al-Qaeda, al-Qaeda, al-Qaida, Al Qaeda, Islamic State, ISIS, ISIL
Daesh, Boko Haram, al-Shabaab, Al-Shabaab, Al Shabaab, PKK, FARC, ELN, ETA, IRA, LTTE, M23, Wagner, Wagner Group
Fatah, PLO, Muslim Brotherhood, Palestinian Authority, Farc, Haqqani Network, Lashkar-e-Taiba, Jaish-e-Mohammad
Hayat Tahrir al-Sham, YPG, Palestine Liberation Organization, PTI, PPP, BJP, ANC, CPC, Reuters, AFP
Agence France-Presse, Associated Press, AP, BBC, CNN, Al Jazeera, Bloomberg, Xinhua, TASS, Tass, RIA Novosti
Interfax, ANSA, DPA, EFE, PTI, Kyodo, Yonhap, KCNA, IRNA, SANA, WAM, APP, IANS, ANI, Anadolu Agency, Anadolu
Press Trust of India, New York Times, Washington Post, Wall Street Journal, Financial Times, Guardian, Le Monde
Der Spiegel, El País, Haaretz, Dawn, Times of India, Hindustan Times, Economist, Voice of America, VOA
Deutsche Welle, Radio Free Europe, Fox News, NBC, CBS, ABC News, NPR, Sky News, Daily Mail, Daily Telegraph
USA Today, Los Angeles Times, Google, Microsoft, Apple, Amazon.com, Facebook, Meta, Twitter, YouTube, Samsung
Huawei, Sony, Toyota, Honda, Nissan, Hyundai, Volkswagen, BMW, Ford, General Motors, Tesla, Boeing, Airbus
Lockheed Martin, General Electric, Siemens, Shell, BP, ExxonMobil, Exxon, Chevron, TotalEnergies, Gazprom
Rosneft, Aramco, Saudi Aramco, Eni, Equinor, Petrobras, Pemex, Goldman Sachs, JPMorgan, Morgan Stanley
Citigroup, HSBC, Barclays, Deutsche Bank, UBS, Credit Suisse, Standard Chartered, BNP Paribas, Moody's, Fitch
Standard & Poor's, S&P, Nestlé, Nestle, Unilever, Pfizer, AstraZeneca, Novartis, Roche, Walmart, Nokia, Ericsson
Intel, IBM, Oracle, Alibaba, Tencent, ByteDance, Vodafone, MTN, Safaricom, Airtel, Tata, Reliance, Adani, Maersk
IKEA, Ikea, Ethiopian Airlines, Kenya Airways, Emirates Airlines, Qatar Airways, Lufthansa, Air France
British Airways, Aeroflot, PIA, Arsenal, Chelsea, Real Madrid, Manchester United, Manchester City, Barcelona FC
Bayern Munich, Juventus, Nikkei, Nikkei 225, FTSE, FTSE 100, DAX, Hang Seng, S&P 500, Dow Jones, Nasdaq, Sensex
Nifty, STOXX 600, CAC 40, London Stock Exchange, New York Stock Exchange, London Metal Exchange, Wall Street
Premier League, La Liga, Bundesliga, Serie A, NBA, NFL, NHL, MLB, Oxford University, Cambridge University
Harvard University, Stanford University, Yale University, Harvard, Stanford, Yale, MIT, Labour, Conservatives
Liberal Democrats, Sinn Fein, Sinn Féin, Democratic Party, Republican Party, GOP, Likud, AKP, ZANU-PF, SWAPO
ODM, NPP, NDC, APC, PDP
""") - {"Arsenal", "Chelsea", "Wall Street", "ICC Board"}
"""Names that are organisations wherever they stand."""

OTHERS: dict[str, str] = {
    "World War I": "EVENT",
    "World War II": "EVENT",
    "World War One": "EVENT",
    "World War Two": "EVENT",
    "First World War": "EVENT",
    "Second World War": "EVENT",
    "Cold War": "EVENT",
    "Gulf War": "EVENT",
    "Korean War": "EVENT",
    "Vietnam War": "EVENT",
    "Holocaust": "EVENT",
    "Arab Spring": "EVENT",
    "Brexit": "EVENT",
    "Great Depression": "EVENT",
    "Industrial Revolution": "EVENT",
    "French Revolution": "EVENT",
    "Olympics": "EVENT",
    "Olympic Games": "EVENT",
    "Summer Olympics": "EVENT",
    "Winter Olympics": "EVENT",
    "Paralympics": "EVENT",
    "Asian Games": "EVENT",
    "Commonwealth Games": "EVENT",
    "World Cup": "EVENT",
    "Champions League": "EVENT",
    "Ramadan": "DATE",
    "Wimbledon": "EVENT",
    "Davis Cup": "EVENT",
    "Ashes": "EVENT",
    "Super Bowl": "EVENT",
    "Hajj": "EVENT",
    "Umrah": "EVENT",
    "COP26": "EVENT",
    "COP27": "EVENT",
    "COP28": "EVENT",
    "COP29": "EVENT",
    "COP30": "EVENT",
    "Paris Agreement": "LAW",
    "Kyoto Protocol": "LAW",
    "Oslo Accords": "LAW",
    "Geneva Conventions": "LAW",
    "Good Friday Agreement": "LAW",
    "Treaty of Versailles": "LAW",
    "Magna Carta": "LAW",
    "Constitution": "LAW",
    "Penal Code": "LAW",
    "Criminal Code": "LAW",
    "Labour Code": "LAW",
    "Bible": "WORK_OF_ART",
    "Koran": "WORK_OF_ART",
    "Quran": "WORK_OF_ART",
    "Qur'an": "WORK_OF_ART",
    "Nobel Peace Prize": "WORK_OF_ART",
    "Nobel Prize": "WORK_OF_ART",
    "Pulitzer Prize": "WORK_OF_ART",
    "Booker Prize": "WORK_OF_ART",
    "Windows": "PRODUCT",
    "iPhone": "PRODUCT",
    "Android": "PRODUCT",
    "Kalashnikov": "PRODUCT",
    "AK-47": "PRODUCT",
    "F-16": "PRODUCT",
    "F-35": "PRODUCT",
    "Boeing 737": "PRODUCT",
    "Boeing 747": "PRODUCT",
    "Boeing 777": "PRODUCT",
    "Airbus A320": "PRODUCT",
    "Airbus A380": "PRODUCT",
    "Toyota Hilux": "PRODUCT",
    "Land Cruiser": "PRODUCT",
    "Land Rover": "PRODUCT",
    "WhatsApp": "PRODUCT",
    "Suez Canal": "FAC",
    "Panama Canal": "FAC",
    "Berlin Wall": "FAC",
    "Great Wall": "FAC",
    "Eiffel Tower": "FAC",
    "Golden Gate Bridge": "FAC",
    "Big Ben": "FAC",
    "Buckingham Palace": "FAC",
    "Tahrir Square": "FAC",
    "Tiananmen Square": "FAC",
    "Red Square": "FAC",
    "Times Square": "FAC",
    "Wall Street": "FAC",
    "Al-Aqsa Mosque": "FAC",
    "Heathrow": "FAC",
    "Gatwick": "FAC",
    "Nord Stream": "FAC",
    "Guantanamo": "FAC",
    "Central Park": "FAC",
    "Taj Mahal": "FAC",
    "Kaaba": "FAC",
    "Statue of Liberty": "FAC",
    "Trafalgar Square": "FAC",
}
"""Names of other kinds and their labels."""
