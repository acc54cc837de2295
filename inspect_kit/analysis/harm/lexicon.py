"""Words that tell people from places, days, bodies and things; lower case, without accents."""


def words(text: str) -> frozenset[str]:
    """A set of words, from a line of them."""
    return frozenset(text.split())


COURTESY = words(
    "mr mrs ms miss mx mister mistress madam madame mme mlle mademoiselle monsieur frau herr senora senorita senor "
    "sra srta sr signora signor dona khun bibi begum bayan pani pan gospoda gospođa gospodja mevrouw vrouw fru dr "
    "г-жа госпожа гражданка г-н господин"
)
"""Titles after which even an initial is a name."""

ROLES = words(
    "officer officers guard guards warden wardens warder governor director superintendent commander captain "
    "sergeant sgt lieutenant lt colonel col major inspector chief supervisor nurse nurses midwife doctor doctors "
    "physician psychologist psychiatrist dentist professor prof teacher judge prosecutor lawyer attorney advocate "
    "counsellor chaplain imam pastor father sister brother mother aunt uncle auntie prisoner prisoners inmate "
    "inmates detainee detainees convict matron sheriff interpreter "
    "surveillante surveillant directrice directeur gardienne gardien gradee grade cheffe medecin infirmiere infirmier "
    "docteur docteure psychologue psychiatre avocate avocat procureure procureur juge detenue detenu codetenue"
)
"""Offices after which a word with a capital is a name."""

KIN = words(
    "daughter daughters son sons baby child husband partner sister brother mother father aunt uncle cousin niece "
    "nephew grandmother grandfather friend cellmate wife girlfriend boyfriend named called alias nicknamed "
    "fille fils bebe mari compagnon soeur frere tante oncle cousine cousin amie prenommee nommee surnommee"
)
"""Words before a name that stands alone."""

TELL = words("told asked met interviewed thanked accused hit beat slapped searched handcuffed insulted threatened")
"""Words between people: a capital word on either side of them is a person, unless it is a body."""

SAY = words(
    "says said tells told cries cried complains complained explains explained reports reported fears feared "
    "describes described adds added claims claimed denies denied remembers remembered feels felt weeps wept hopes "
    "shows showed confirms confirmed wants wanted sleeps slept lives fell"
)
"""What a person does: the word before it, with a capital inside a sentence, is somebody."""

PLACES = words(
    "house houses prison prisons wing wings block blocks unit units room rooms ward wards cell cells centre center "
    "hall corridor street road avenue lane square quay bridge gate yard garden farm camp hospital clinic court "
    "courts school university college institute institution church mosque temple chapel station airport port "
    "harbour bay island river lake mount mountain valley province district county region city town village state "
    "states republic kingdom union federation nations ministry ministries department office offices agency "
    "authority service services commission committee council board parliament assembly embassy consulate police "
    "foundation association society network organisation organization league bank fund company ltd inc hotel market "
    "rule rules act law code convention protocol declaration covenant charter regulation regulations article "
    "section chapter annex form forms programme program project plan policy report register registers log book "
    "bible quran koran day week month year eve war building floor kitchen laundry workshop library shop fort cape "
    "saint st san santa north south east west northern southern eastern western central upper lower new old general "
    "international national royal cross crescent ombudsman ombudswoman ombudsperson tribunal commissariat "
    "directorate secretariat headquarters facility colony reformatory remand detention oblast mae hua khon nakhon "
    "chiang phnom ho rio buenos los las el porto puerto villa sao addis dar kuala tel abu hong sri sierra costa "
    "burkina cote croix-rouge maison quartier bloc aile unite hopital clinique tribunal cour rue place ministere "
    "parquet administration penitentiaire nations unies barreau mairie prefecture etablissement registre regle regles"
)
"""A run of capital words with one of these in it, or beside it, is a place, a body, a book or a rule."""

BEFORE_PLACE = words("in near at outside inside towards toward around across beyond above below within through")
"""Capital words after these are places, unless one of them is a known name."""

MOVES = words(
    "transferred transfer moved sent taken brought deported returned return flight bus road train transport "
    "transports comes come came travel travels drive drove born went go goes visits journey far km hours"
)
"""Near these, “from” and “to” lead to a place."""

PEOPLES = words(
    "thai burmese lao khmer chinese japanese korean vietnamese malay filipino filipina indonesian indian pakistani "
    "bangladeshi nepali nepalese afghan iranian persian farsi iraqi syrian kurdish turkish arab arabic hebrew "
    "israeli palestinian lebanese jordanian egyptian moroccan tunisian algerian libyan sudanese ethiopian eritrean "
    "somali kenyan ugandan tanzanian rwandan congolese nigerian ghanaian senegalese ivorian malian cameroonian "
    "angolan mozambican zimbabwean zambian african american canadian mexican brazilian colombian venezuelan "
    "peruvian bolivian chilean argentinian cuban haitian jamaican european british english scottish welsh irish "
    "french spanish portuguese italian german austrian swiss dutch belgian danish swedish norwegian finnish "
    "icelandic polish czech slovak hungarian romanian bulgarian greek albanian serbian croatian bosnian slovenian "
    "macedonian ukrainian russian belarusian latvian lithuanian estonian georgian armenian azeri kazakh uzbek tajik "
    "kyrgyz turkmen mongolian roma romani sami maori aboriginal inuit karen shan hmong rohingya uyghur tibetan "
    "muslim muslims islam christian christians catholic orthodox protestant buddhist buddhists hindu jewish sikh "
    "bible quran"
)
"""Peoples, languages and faiths."""

NOT_NAMES = PEOPLES | words(
    # the small words and verbs with which sentences begin
    "a an the this that these those some any no none nobody noone not never nothing neither nor both each every all "
    "everybody everyone everything most many several few one two three four five six seven eight nine ten eleven "
    "twelve first second third last next other others another such same i we you he she it they us me him her them "
    "my our your his its their who whom whose which what when where why how if unless while because since after "
    "before until till during between among of in on at by for from to with without within under over near about "
    "above below against along around behind beside besides beyond despite down except inside into like off out "
    "outside per than through throughout toward towards up upon via and but or so yet also then thus therefore "
    "however although though as once only just even still already again always often sometimes usually rarely soon "
    "now today yesterday tomorrow here there later earlier meanwhile afterwards twice is are was were be been being "
    "has have had do does did can could may might must shall should will would see seen saw said says told asked "
    "according please note yes ok nearly almost half more less fewer enough der die das ein eine le la les un une des "
    "du au aux el los las una too very much little perhaps maybe whether either instead rather signed interviewed "
    "complaint complaints interview interviews talk spoke spoken met heard call called calling phone visited visit "
    "visits visiting present shown checked counted read measured opened closed open locked written reported family "
    "families mother mothers father child children baby babies girl girls boy boys woman women man men female male "
    "prisoner prisoners inmate inmates detainee detainees person people staff officer officers guard guards nurse "
    "nurses doctor doctors midwife midwives director deputy governor head warden chief assistant acting manager "
    "minister president secretary commissioner rapporteur attorney prosecutor judge lawyer lawyers teacher "
    "interpreter social worker psychologist general "
    # days, months, feasts
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays "
    "saturdays sundays january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sep sept oct nov dec christmas easter ramadan eid al-fitr al-adha diwali songkran tet "
    "hanukkah passover pentecost ashura nowruz vesak spring summer autumn winter morning evening night "
    # countries and towns that notes name often
    "thailand myanmar burma laos cambodia vietnam china japan korea malaysia indonesia philippines india pakistan "
    "bangladesh nepal afghanistan iran iraq syria turkey lebanon jordan egypt morocco tunisia algeria libya sudan "
    "ethiopia eritrea somalia kenya uganda tanzania rwanda congo nigeria ghana senegal mali cameroon angola "
    "mozambique zimbabwe zambia africa asia america europe canada mexico brazil colombia venezuela peru bolivia "
    "chile argentina cuba haiti jamaica britain england scotland wales ireland france spain portugal italy germany "
    "austria switzerland netherlands belgium denmark sweden norway finland iceland poland hungary romania bulgaria "
    "greece albania serbia croatia bosnia ukraine russia belarus latvia lithuania estonia georgia armenia "
    "azerbaijan kazakhstan uzbekistan bangkok geneva vienna london paris rome berlin madrid moscow tokyo delhi "
    "nairobi lagos cairo kyiv istanbul "
    # what notes on prisons write with a capital
    "bangkok mandela nelson istanbul maputo rules rule standard minimum treatment article clause annex item part "
    "table figure page no number yes medical health mental hygiene personal searches search restraints contact "
    "regime admission classification discipline release research awareness response abuse minorities nationals "
    "foreign pretrial hiv tb aids covid scan ngo un who icrc cpt spt opcat npm apt hmip smr br id dob cctv tv sms "
    "pdf excel word whatsapp facebook line viber skype zoom internet google toyota ford isuzu nissan paracetamol "
    "ibuprofen amoxicillin methadone diazepam tramadol insulin aspirin metformin vitamin vaccination hepatitis bcg "
    "god lord amnesty ombudsman ombudswoman ombudsperson aid legal social human rights focal point gender operating "
    "standing procedure microsoft windows radio guardian excellence treaty collection care measures chair welfare "
    "safety security free open main next mixed single double emergency exit staff-only hiace hilux adidas nike coca "
    "cola pepsi nescafe haloperidol sertraline omeprazole levonorgestrel"
)
"""Words that stand with a capital and are no name."""

NAMES = words(
    # given names and family names of many countries which are no other English word
    "aaliyah abdul abdullah abebe abena abigail abubakar ada adaeze adebayo adel adele adriana agnes agnieszka "
    "ahmad ahmed aicha aida aigul aisha ailsa akello akosua alejandra alejandro aleksandra alena alessandra "
    "alexandra ali alice alicia alina aliya alma amal amanda amara amelia amina aminata amira amparo ana anahit "
    "anastasia andrea andreea andrei angela angelica anh anita anjali ann anna anne annika antonia anwar apinya "
    "araceli ariana arjun asha ashley asma astrid aung awa ayaan ayesha ayse azadeh aziza barbara beatrice beatriz "
    "belen bernadette beth betty bianca binta birgit blessing bogdan boris brenda bridget brigitte camila carla "
    "carlos carmen carolina caroline catalina catherine cecilia celia charlotte chiara chidi chinonso chioma chipo "
    "christina christine claire clara claudia consuelo cristina daniela danuta daria david deborah delia denise "
    "diana dilnoza dina dmitri dolores dominika dora doris dorota dorothy duc edith ekaterina elena eleni elif "
    "elisa elizabeth ella ellen elsa emily emma emine erika esi esmeralda esperanza esra estela esther eugenia eva "
    "evelyn fadila fadwa farah farida fatema fatemeh fatima fatime fatma fatou fatoumata fernanda fernando folasade "
    "francesca francisca gabriela galina garcia gebre giulia gloria gonzalez graciela greta guadalupe gul gulnara "
    "habiba hadija hafsa hala halima hana hanna hannah hassan hatice hawa heba helen helena helga hernandez hiroko "
    "hoa hodan huda hussein ibrahim ifeoma ines ingrid ioana irene irina isabel isabella ivan ivana iwona "
    "jacqueline jamila jana jane janet jasmina jasna javier jelena jennifer jessica joan joanna johanna john jose "
    "josefa josephine juan juana judith julia juliana julie kamala karin karina katarzyna katerina katherine "
    "kateryna kavita kenza khadija khadijah khalid khan khin kim krystyna kumar kwame lakshmi lamia larisa latifa "
    "laura layla leila leyla lidia liliana linda ling lina linh lopez lorena lucia lucy ludmila luis lupita lwin "
    "magdalena mahmoud maja makena malak malika mahsa marcela margaret margarita maria mariam mariama mariana marie "
    "marija marina marta martha martina mary maryam matilda maya mei meryem mia michelle mihaela mila milena mina "
    "mirela miriam mirjana mohamed mohammad mohammed molly monica monika moses mubarak muhammad mwangi nadia nadine "
    "nadezhda naima nalini nancy naomi natalia natasha nazanin ncube nela nelly nguyen nicole nilufar nina njeri "
    "nkechi noor nora norma nour nuan nurul nyambura obioma odile ogechi oksana olena olga olivia oluwaseun omar "
    "onyinye ornella oumou paloma pamela pascale patricia paula paulina pedro perpetua petra philippa phoebe pilar "
    "ploy polina priya rachel radhika rahel rahima ramona rania raquel rasha rebecca regina rehana renata rita "
    "roberta rocio rodriguez roksana rosa rosalia rosario roxana ruth sabina sabine sabrina sadia safiya saida "
    "sakina salma samira sanchez sandra sanja sara sarah sasha selma sheila shirin silvia simone singh sita smith "
    "snezana sofie soledad somchai somsri sonia sophie soraya stella stephanie suda sumaya sunita susan susanna "
    "svetlana sylvia tamar tamara tania tatiana teresa thandi thandiwe thanh thao theresa thi thida tina tomas tran "
    "trinh ursula valentina valeria vanessa vera veronica victor violeta viktoria vusi wanjiku wafa wambui yasmin "
    "yasmine yetunde yolanda yuki yulia yusuf zahra zainab zanele zara zeinab zeynep zhanna zuzana zineb boonmee "
    "chanthira kanya malee nittaya noi pornthip prasert ratana siriporn somporn sunisa supaporn wanida wongsawat "
    "анна елена ирина мария наталья ольга светлана татьяна юлия оксана екатерина"
)
"""Common names: one of these with a capital is a person, also at the start of a sentence."""

LETTERED = words("hepatitis vitamin group type class category grade plan annex block zone phase shift team version")
"""Words that a single letter belongs to."""

LINKS = words("the a an of from to for by this that its")
"""Small words after which a capital word is rather a body, a place or a thing."""

JOINS = words("de la del da do dos das di van von der den bin binti bint ibn al el ben ter")
"""Small words inside a name."""
