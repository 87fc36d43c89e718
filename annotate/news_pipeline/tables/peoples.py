"""Nationalities, peoples, religions and political groupings by adjective, and languages."""

from __future__ import annotations


def _words(block: str) -> frozenset[str]:
    return frozenset(name.strip() for line in block.split("\n") for name in line.split(",") if name.strip())


IRREGULAR = _words("""
Afghan, American, Argentine, Argentinian, Argentinean, Austrian, Azerbaijani, Azeri, Bahamian, Bahraini
Bangladeshi, Barbadian, Bajan, Belarusian, Belgian, Belizean, Beninese, Bermudian, Bhutanese, Bosnian
Herzegovinian, Motswana, Batswana, Brazilian, British, Bruneian, Burkinabe, Burkinabé, Burundian, Cambodian
Cameroonian, Canadian, Cape Verdean, Central African, Chadian, Chinese, Comorian, Congolese, Costa Rican
Ivorian, Croatian, Cypriot, Czech, Danish, Dominican, East Timorese, Timorese, Ecuadorian, Ecuadorean, Egyptian
English, Salvadoran, Salvadorean, Equatorial Guinean, Eritrean, Swazi, Fijian, Finnish, French, Gabonese
Gambian, German, Ghanaian, Greek, Greenlandic, Grenadian, Guatemalan, Guinean, Bissau-Guinean, Guyanese, Haitian
Honduran, Hong Konger, Hongkonger, Hungarian, Icelandic, Irish, Israeli, Italian, Jamaican, Japanese, Jordanian
Kazakh, Kazakhstani, Kittitian, Kosovar, Kosovan, Kuwaiti, Kyrgyz, Lao, Laotian, Latvian, Lebanese, Basotho
Liberian, Libyan, Liechtensteiner, Lithuanian, Luxembourgish, Macedonian, Malagasy, Malawian, Malaysian
Maldivian, Malian, Maltese, Marshallese, Mauritanian, Mauritian, Mexican, Moldovan, Monegasque, Mongolian
Montenegrin, Moroccan, Mozambican, Burmese, Myanma, Namibian, Nauruan, Nepalese, Nepali, Dutch, New Zealander
Nicaraguan, Nigerian, Nigerien, North Korean, Norwegian, Omani, Pakistani, Palauan, Palestinian, Panamanian
Papua New Guinean, Paraguayan, Peruvian, Filipino, Filipina, Philippine, Polish, Portuguese, Puerto Rican
Qatari, Romanian, Russian, Rwandan, Samoan, Sammarinese, Saudi, Saudi Arabian, Scottish, Senegalese, Serbian
Seychellois, Sierra Leonean, Singaporean, Slovak, Slovakian, Slovenian, Slovene, Solomon Islander, Somali
Somalian, South African, South Korean, South Sudanese, Soviet, Spanish, Sri Lankan, Sudanese, Surinamese
Swedish, Swiss, Syrian, Taiwanese, Tajik, Tajikistani, Tanzanian, Thai, Tibetan, Togolese, Tongan, Trinidadian
Tobagonian, Tunisian, Turkish, Turkmen, Tuvaluan, Ugandan, Ukrainian, Emirati, Uruguayan, Uzbek, Uzbekistani
Ni-Vanuatu, Venezuelan, Vietnamese, Welsh, Yemeni, Yemenite, Zambian, Zimbabwean, Zanzibari, Yugoslav, Indian
Indonesian, Iranian, Iraqi, Korean, Colombian, Chilean, Cuban, Bolivian, Bulgarian, Australian, Albanian
Algerian, Andorran, Angolan, Antiguan, Armenian, Kenyan, Ethiopian, Estonian, Georgian, Djiboutian, Vincentian
Saint Lucian, St Lucian, Cook Islander, Guamanian, African, European, Asian, Latin American, North American
South American, Central American, South Asian, East Asian, Southeast Asian, Central Asian, West African
East African, North African, Southern African, Middle Eastern, Caribbean, Arab, Persian, Kurdish, Kashmiri
Catalan, Basque, Galician, Flemish, Walloon, Sicilian, Bavarian, Chechen, Tatar, Crimean, Abkhaz, Ossetian
Uighur, Uyghur, Hui, Rohingya, Punjabi, Sindhi, Baloch, Baluch, Pashtun, Pathan, Hazara, Bengali, Tamil
Sinhalese, Gujarati, Bihari, Assamese, Kannadiga, Naga, Gurkha, Tuareg, Berber, Amazigh, Fulani, Hausa, Yoruba
Igbo, Ijaw, Kanuri, Tiv, Ashanti, Ewe, Akan, Fante, Maasai, Masai, Kikuyu, Luo, Luhya, Kalenjin, Samburu
Karamojong, Oromo, Amhara, Tigrayan, Afar, Nuer, Dinka, Shilluk, Zulu, Xhosa, Sotho, Tswana, Venda, Ndebele
Shona, Himba, Herero, Hutu, Tutsi, Twa, Baganda, Acholi, Misseriya, Beja, Zaghawa, Fur, Toubou, Mandinka, Wolof
Serer, Bambara, Dogon, Songhai, Bedouin, Druze, Alawite, Yazidi, Yezidi, Assyrian, Chaldean, Copt, Coptic
Maronite, Melkite, Circassian, Turkoman, Mandaean, Navajo, Cherokee, Sioux, Lakota, Apache, Cree, Inuit, Mohawk
Ojibwe, Native American, African American, African-American, Hispanic, Latino, Latina, Chicano, Quechua, Aymara
Mapuche, Guarani, Guaraní, Maya, Mayan, Aztec, Wayuu, Yanomami, Garifuna, Garífuna, Creole, Maori, Māori
Aboriginal, Torres Strait Islander, Pacific Islander, Polynesian, Melanesian, Micronesian, Hawaiian
Native Hawaiian, Chamorro, Tahitian, Rotuman, Banaban, Iban, Dayak, Balinese, Javanese, Acehnese, Papuan, Moro
Cebuano, Ilocano, Tagalog, Hmong, Karen, Shan, Kachin, Chin, Khmer, Cham, Ainu, Okinawan, Manchu, Zhuang, Buryat
Yakut, Sami, Roma, Romani, Gypsy, Cossack, Slav, Slavic, Nordic, Scandinavian, Baltic, Balkan, Anglo-Saxon
Celtic, Roman, Ottoman, Mughal, Habsburg, Byzantine, Victorian, Hellenic, Iberian, Mediterranean
Western Saharan, Sahrawi, Saharawi, Indo-Fijian, iTaukei, Afro-Colombian, Afro-Brazilian, Anglo-Indian, Burgher
Bantu, Levantine, Nubian, Swahili, Muslim, Islamic, Islamist, Sunni, Shia, Shiite, Shi'ite, Shi’ite, Sufi
Salafi, Salafist, Wahhabi, Ahmadi, Ismaili, Ahmadiyya, Christian, Catholic, Roman Catholic, Protestant, Anglican
Lutheran, Methodist, Baptist, Presbyterian, Pentecostal, Evangelical, Adventist, Mormon, Quaker, Jesuit
Eastern Orthodox, Greek Orthodox, Russian Orthodox, Serbian Orthodox, Ukrainian Orthodox, Armenian Apostolic
Orthodox Christian, Calvinist, Franciscan, Dominican, Benedictine, Jewish, Judaic, Hasidic, Zionist, Hindu
Buddhist, Sikh, Jain, Taoist, Shinto, Zoroastrian, Parsi, Bahai, Baha'i, Rastafarian, Rasta, Republican
Democrat, Marxist, Maoist, Leninist, Stalinist, Trotskyist, Communist, Socialist, Social Democrat
Christian Democrat, Liberal Democrat, Tory, Fascist, Nazi, Neo-Nazi, Ba'athist, Baathist, Kemalist, Peronist
Chavista, Bolivarian, Sandinista, Gaullist, Thatcherite, Gaullist, Houthi, Anglophone, Francophone, Londoner
Parisian, New Yorker, Berliner, Venetian, Milanese, Florentine, Neapolitan, Viennese, Cantonese, Shanghainese
Muscovite, Californian, Texan, Floridian, Quebecer, Québécois, Kurd, Sabahan, Tasmanian
""")
"""Adjectives and singular nouns; plural forms are derived."""

PLURALS = _words("""
British, Britons, Briton, Brit, Brits, Dane, Danes, Finn, Finns, Swede, Swedes, Pole, Poles, Turk, Turks, Serb
Serbs, Croat, Croats, Spaniard, Spaniards, Scot, Scots, Icelander, Icelanders, Frenchman, Frenchmen, Frenchwoman
Englishman, Englishmen, Englishwoman, Irishman, Irishmen, Irishwoman, Welshman, Welshmen, Welshwoman, Scotsman
Scotsmen, Dutchman, Dutchmen, Dutchwoman, New Zealanders, Luxembourger, Luxembourgers, Liechtensteiners, Jew
Jews, Shias, Shiites, Kurds, Arabs, Basotho, Afghans, Argentines, Thais, Laos, Czechs, Greeks, Emiratis
Monegasques, Vandals, Flemings, Walloons, Slavs, Roma, Bengalis, Tamils, Filipinos, Filipinas, Latinos, Latinas
Tories, Nazis, Houthis, Gypsies, Hutus, Tutsis, Copts, Marsh Arabs, Islanders, Rastas, Ottomans, Mughals, Romans
Vikings, Viking, Gurkhas, Cossacks, Zulus, Sikhs, Jains, Parsis, Chamorros
""")
"""Forms that the rule for plurals does not give."""

LANGUAGES = _words("""
English, French, German, Spanish, Portuguese, Italian, Dutch, Russian, Polish, Czech, Slovak, Hungarian
Romanian, Bulgarian, Greek, Turkish, Arabic, Hebrew, Persian, Farsi, Dari, Pashto, Urdu, Hindi, Bengali, Bangla
Punjabi, Gujarati, Marathi, Tamil, Telugu, Kannada, Malayalam, Odia, Assamese, Nepali, Sinhala, Sinhalese
Dzongkha, Burmese, Thai, Lao, Khmer, Vietnamese, Malay, Bahasa Indonesia, Bahasa, Indonesian, Javanese, Tagalog
Filipino, Cebuano, Ilocano, Mandarin, Cantonese, Chinese, Japanese, Korean, Mongolian, Tibetan, Uyghur, Uighur
Kazakh, Kyrgyz, Uzbek, Tajik, Turkmen, Azerbaijani, Georgian, Armenian, Kurdish, Sorani, Kurmanji, Swahili
Kiswahili, Hausa, Yoruba, Igbo, Amharic, Oromo, Tigrinya, Somali, Zulu, isiZulu, Xhosa, isiXhosa, Afrikaans
Sesotho, Setswana, Tswana, Shona, Ndebele, Chichewa, Bemba, Nyanja, Kinyarwanda, Kirundi, Luganda, Lingala
Kikongo, Tshiluba, Wolof, Fula, Fulfulde, Pulaar, Bambara, Twi, Ewe, Fante, Krio, Malagasy, Pidgin, Tok Pisin
Bislama, Creole, Haitian Creole, Papiamento, Quechua, Aymara, Guarani, Guaraní, Nahuatl, Navajo, Inuktitut, Cree
Welsh, Irish, Gaelic, Scottish Gaelic, Breton, Basque, Catalan, Galician, Occitan, Corsican, Sardinian, Maltese
Luxembourgish, Romansh, Yiddish, Ladino, Latin, Sanskrit, Pali, Esperanto, Ukrainian, Belarusian, Serbian
Croatian, Bosnian, Serbo-Croatian, Slovenian, Slovene, Macedonian, Albanian, Lithuanian, Latvian, Estonian
Finnish, Swedish, Norwegian, Danish, Icelandic, Faroese, Samoan, Tongan, Fijian, Maori, Māori, te reo Māori
te reo, Hawaiian, Chamorro, Tahitian, Sindhi, Balochi, Kashmiri, Saraiki, Konkani, Maithili, Bhojpuri, Santali
Manipuri, Meitei, Tulu, Tamazight, Berber, Kabyle, Amazigh, Tetum, Dholuo, Kikuyu, Gikuyu, Kalaallisut, Syriac
Aramaic, Coptic, Latvian, Tatar, Chechen, Gagauz, Rotuman, iTaukei
""")
"""Languages by their usual English names."""

RELIGIONS = _words("""
Islam, Christianity, Hinduism, Buddhism, Judaism, Sikhism, Catholicism, Protestantism
""")
"""Names of religions, which no label of the scheme covers: listed so that no rule takes them for names."""
