"""Head words that say what a capitalised name is: a ministry, a bridge, a river, a festival, an act."""

from __future__ import annotations


def _words(block: str) -> frozenset[str]:
    return frozenset(block.split())


ORG_LAST = _words("""
Corp Corp. Corporation Inc Inc. Ltd Ltd. Limited LLC LLP PLC Plc plc Co Co. Company Companies GmbH AG SA S.A. NV
BV AB ASA Oyj SpA S.p.A. JSC OJSC Pvt SAL SAOC SARL KK Berhad Bhd Group Holdings Holding Partners Industries
Enterprises Enterprise Ventures Associates Brothers Bros Sons Trust Foundation Fund Capital Securities
Investments Finance Financial Insurance Assurance Bank Banking Bancorp Exchange Stockbrokers Brokers Brokerage
Motors Airlines Airways Airline Aviation Aerospace Shipping Lines Logistics Petroleum Oil Gas Energy Power
Electric Electricity Steel Cement Mining Minerals Metals Resources Mines Gold Pharmaceuticals Pharma Biotech
Chemicals Petrochemicals Textiles Textile Mills Foods Beverages Breweries Dairy Telecom Telecoms
Telecommunications Communications Mobile Networks Technologies Technology Systems Software Semiconductor
Electronics Solutions Services Consulting Contractors Builders Construction Estates Properties Realty Retail
Stores Supermarkets Hotels Entertainment Pictures Studios Records Press Books Publishers Publishing Publications
Media Broadcasting Television TV Radio FM News Newspaper Newspapers Times Post Herald Tribune Gazette Journal
Observer Chronicle Courier Dispatch Telegraph Newswire Wire Star Daily Mail Bulletin Examiner Inquirer Monitor
Mirror Sentinel Nation Agency Authority Commission Committee Council Board Bureau Department Directorate
Division Ministry Office Service Services Secretariat Institute Institution Centre Center Laboratory
Laboratories University College Academy School Polytechnic Seminary Kindergarten Faculty Conservatory Hospital
Clinic Infirmary Association Federation Confederation Union Unions League Alliance Coalition Front Movement
Party Congress Assembly Parliament Senate Forum Society Syndicate Guild Club Network Consortium Organization
Organisation Cooperative Co-operative Chamber Initiative Mission Task-Force Tribunal Court Courts Inquiry
Ombudsman Police Constabulary Army Navy Marines Corps Regiment Brigade Battalion Squadron Guard Guards Forces
Command Militia Brigades Army Rangers Rifles Watch Observatory Museum Gallery Library Archive Archives Orchestra
Choir Ballet Opera Philharmonic Ensemble Theatre FC F.C. AFC SC CF FK United City Rovers Wanderers Athletic
Rangers Warriors Stars Tigers Lions Eagles Bulls Bears Sharks Giants Queens Kings Hawks Falcons Panthers
Dolphins Saints Spurs Hotspur Thunder Barbarians Knights Crusaders Chiefs Hurricanes Highlanders Blues Reds
Dynamos Olympic Sporting Harriers Cosmos Galaxy Church Diocese Archdiocese Synod Airforce Taskforce Watchdog
Treasury Directorates Commissariat Registry Inspectorate Legislature Kollege Universiti Ordnance Shipyard
Shipyards Observers Developers Securities Commodities Agro Agri Farms Growers Farmers Traders Manufacturers
Workers Teachers Nurses Journalists Lawyers
""") - _words("""
United Gas Gold Mail Star Stars City Power Mines Gallery Church Olympic Nation Inquiry Trust Blues Reds Times
Post Daily Kings Queens Saints Sons Daily Monitor Sporting Athletic Service Services Mission Watch Assembly
Hotels Mobile Knights Books Records Lines Giants Brothers Workers Teachers Nurses Journalists Lawyers Farmers
Growers Traders Manufacturers News Fund Journal Finance Oil Radio Steel Centre Center City Cement Energy Chiefs
Archives Gold Media Forces Systems Pictures Theatre Capital Initiative Library Front Division Opera Courts
Command Office Library Airline Electricity Television Highlanders Exchange Club Police
""")
ORG_LAST_LONG = _words("""
Gas Gold Power Mines Gallery Church Nation Trust Times Post Daily Monitor Athletic Service Services Mission
Watch Assembly Hotels Mobile Books Records Lines Oil Steel City Star Stars Kings Queens Sporting Saints Knights
Giants Brothers News Fund Journal Finance Radio Centre Center Cement Energy Chiefs Archives Media Forces Systems
Theatre Capital Initiative Library Front Division Opera Command Office Airline Electricity Television Exchange
Club Police Inquiry United
""")
"""Heads that make an organisation of a name of two words or more; the second set also stands in other names."""

ORG_FIRST = _words("""
Ministry Department Bureau Office Directorate Secretariat Commission Committee Council Board Institute
Institution University College School Academy Faculty Bank Court Supreme House Association Federation
Confederation Union League Alliance Society Organization Organisation Chamber Authority Agency Association
Church Diocese Archdiocese Embassy Conference Congress Parliament Assembly Federal Registrar Government Voice
Radio Banco Banque Banca Bursa Universitas Universidad Université Association Comité Conseil Fédération
Federación Asociación Instituto Institut Ministerio Ministère Compagnie Company Centre Center Museum Library
Order Party Movement Front Friends Sons Army Corporation Municipality Community Coalition Congregation Forum
Fund Trust Network Group Partnership Registry Guild Syndicate Journal Division General Parties Anjuman Jamiat
Majlis Samahang Kapatiran
""") - _words("""
Supreme Federal Sons Order Friends General Party Group Government Embassy Parliament Parties Court Conference
Community Registrar Company Movement House
""")
OF_WORDS = _words("of for on against de du des")

ORG_START_FOREIGN = _words("""
Banco Banque Banca Bursa Universitas Universidad Universidade Université Comité Conseil Cámara Câmara Federación
Asociación Instituto Institut Compagnie Agence Agencia Minera Deportivo Racing Ligi Unión Radio Editorial Air
Athletics Cricket Frente Assurances Académie Società Officine Serraria Real Atlético Inter Dynamo Dinamo
Lokomotiv Spartak Hapoel Maccabi Team Casa Stade Olympique Sporting
""")

FAC_LAST = _words("""
Airport Airfield Airbase Aerodrome Heliport Bridge Footbridge Flyover Overpass Viaduct Stadium Arena Coliseum
Colosseum Oval Velodrome Racecourse Circuit Road Street Avenue Boulevard Lane Highway Motorway Expressway
Freeway Turnpike Interchange Roundabout Square Plaza Dam Barrage Reservoir Canal Locks Tunnel Railway Railroad
Metro Line Station Terminal Terminus Pier Jetty Wharf Dock Docks Dockyard Harbour Harbor Port Lighthouse Tower
Towers Building Buildings House Hall Palace Castle Fort Fortress Citadel Mansion Villa Cathedral Basilica Mosque
Temple Pagoda Synagogue Shrine Monastery Abbey Chapel Mausoleum Monument Memorial Prison Jail Gaol Penitentiary
Barracks Cantonment Camp Base Garrison Checkpoint Crossing Market Bazaar Mall Souk Hotel Hostel Lodge Resort
Auditorium Gymnasium Gym Clubhouse Cemetery Gate Gateway Wall Pipeline Interconnector Refinery Plant Mill Mine
Shaft Quarry Cinema Zoo Aquarium Gardens Garden Courthouse Parkway Drain Weir Waterworks Substation Embankment
Underpass Corridor Spaceport Cosmodrome Observatory Ground Grounds Field Pavilion Marae
""") - _words("""
Line Metro Base House Hall Gate Wall Mine Mill Plant Ground Field Garden Port Building Corridor Crossing Harbour
Harbor Observatory Circuit Grounds Shaft Camp Station Tower
""")
FAC_LAST_LONG = _words("""
Line Metro Base House Hall Gate Wall Mine Mill Plant Ground Field Garden Building Crossing Harbour Harbor
Circuit Grounds Shaft Camp Station Tower Terminal
""")
FAC_CENTRES = _words("""
Convention Conference Sports Shopping Exhibition Cultural Aquatic Leisure Detention Correctional Custodial
""")
LOC_LAST = _words("""
River Creek Stream Lake Lagoon Bay Gulf Sea Ocean Strait Straits Channel Sound Fjord Estuary Delta Basin Island
Islands Isles Atoll Archipelago Peninsula Cape Mountain Mountains Mount Peak Hills Hill Range Ridge Plateau
Plains Plain Valley Canyon Gorge Pass Volcano Glacier Desert Dunes Oasis Wadi Forest Woods Jungle Rainforest
Savannah Steppe Highlands Lowlands Swamp Marsh Marshes Wetlands Reef Shoal Falls Waterfall Coast Beach Cove
Point Headland Park Reserve Sanctuary Triangle Crescent Trench Hemisphere Subcontinent Rud
""") - _words("Sound Park Point Hill Beach Falls Woods Triangle Range Coast Reserve")
LOC_FIRST = _words("""
Lake Mount Mt Mt. Cape Gulf Strait Bay Sea Isle River Wadi Oued Rio Río Col Shatt Jebel Jabal Sierra Cordillera
Loch Ras
""")
GPE_LAST = _words("""
Province State County District Prefecture Governorate Oblast Krai Municipality Republic Territory Emirate Canton
Voivodeship Division Township Borough Parish City Region
""")
"""Last words of names of polities ("Kogi State")."""
GPE_AFTER = _words("""
province state county district prefecture governorate oblast municipality region township borough subdistrict
sub-district upazila tehsil department
""")
"""Lower-case words right after a place that is a polity ("Galati county")."""

EVENT_LAST = _words("""
Summit Games Cup Championship Championships Festival Olympics Paralympics Marathon Tournament Trophy Regatta
Derby Rally Expo Fair Carnival Biennale Conference Congress Symposium Convention War Wars Revolution Uprising
Rebellion Intifada Genocide Massacre Crisis Famine Earthquake Tsunami Process Offensive Ceasefire Election
Elections Referendum Prix Sevens Shield Open Pageant Parade Week Mela Derby Sommet Relays Playoffs Final Finals
""") - _words("""
Congress Convention Crisis Conference Final Finals Process Election Elections Referendum Week Open Fair Derby
Parade Offensive Rally Shield Symposium
""")
EVENT_LAST_LONG = _words("""
Open Week Shield Fair Derby Parade Rally Process Conference Symposium Referendum
""")
EVENT_FIRST = _words("""
Cyclone Hurricane Typhoon Storm Operation Exercise Battle Siege Tour Copa Expo
""")
LAW_LAST = _words("""
Act Bill Treaty Convention Constitution Agreement Accord Accords Protocol Charter Covenant Code Law Ordinance
Decree Regulation Regulations Directive Declaration Pact Compact Memorandum Statute Amendment
""")
LAW_NUMBERED = _words("""
Article Section Clause Regulation Resolution Chapter Order Rule Directive section article clause resolution
Articles Sections Act Law
""")
NEVER_IN_NAMES = _words("""
The A An In On At By For From With Without Of To But And Or If As When While After Before Since Until Because
Although Though That This These Those It Its He She His Her They Their We Our You Your I My There Here What Who
Whom Whose Which Why How Not No Yes Is Are Was Were Be Been Has Have Had Will Would Can Could May Might Must
Should Shall Do Does Did Many Most Much Several Some Any All Each Every Both Either Neither One Two Three Four
Five Six Seven Eight Nine Ten Also Then Than Thus So Such Only Even Still Yet Just Now Once Again Later Earlier
Last Next Meanwhile However Moreover Nevertheless Instead Under Over Between Among During Against Through Into
About Across Along Around Behind Beyond Despite Like Near Off Onto Out Outside Toward Towards Up Upon Via Within
Asked According Speaking Officials Police Residents People Monday Tuesday Wednesday Thursday Friday Saturday
Sunday January February March April June July August September October November December Today Yesterday
Tomorrow Nobody Everybody Somebody Everyone Someone Anyone Nothing Something Everything Other Others Another
More Less Few Fewer Half Nearly Almost About Reporting Editing Writing Former Current Late New Mr Mrs Ms Dr Sir
""") - _words("New Late Current Police People United")
"""Words that start sentences and end the search for a name's left edge."""
