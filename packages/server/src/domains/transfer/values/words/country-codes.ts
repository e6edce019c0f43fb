/** ISO 3166-1: alpha-2 and alpha-3 of every country, five letters each. */
export const COUNTRY_CODES = `
ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD
BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN
CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU
DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB
GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG
HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN
KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU
LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR
MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL
OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB
RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP
SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN
TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF
ZMZMB ZWZWE
`
  .trim()
  .split(/\s+/)
  .map((code) => ({ alpha2: code.slice(0, 2), alpha3: code.slice(2) }))

/** What people write that neither ISO nor the language data has, including the letters on European cars. */
export const COUNTRY_VARIANTS: Record<string, string[]> = {
  AT: ["A", "Oesterr.", "Rep. Österreich"],
  BA: ["Bosnia", "Bosnien"],
  BE: ["B"],
  BO: ["Bolivia"],
  CD: ["Congo", "Kongo", "DR Congo", "DRC"],
  CH: ["Swiss", "Helvetia"],
  CN: ["PRC", "P.R. China", "VR China", "República Popular China"],
  CZ: ["Czech Republic", "Czech Rep.", "Tschechische Republik", "República Checa", "CZE"],
  DE: ["D", "BRD", "Deutschl.", "Bundesrepublik Deutschland", "FRG", "RFA", "Federal Republic of Germany"],
  DO: ["Rep. Dominicana", "Dominican Rep."],
  ES: ["E", "España (Península)", "Espana", "Islas Canarias", "Canarias", "Baleares", "Reino de España"],
  FI: ["FIN", "Suomi"],
  FR: ["F"],
  GB: [
    "UK",
    "U.K.",
    "Great Britain",
    "Britain",
    "England",
    "Scotland",
    "Wales",
    "Northern Ireland",
    "Großbritannien",
    "England (UK)",
    "Schottland",
    "Inglaterra",
    "Escocia",
    "Gales",
    "Gran Bretaña",
    "GBR",
    "United Kingdom of Great Britain and Northern Ireland",
  ],
  HU: ["H"],
  IE: ["Republic of Ireland", "Eire", "IRL", "Irish Republic"],
  IR: ["Persia"],
  IT: ["I", "Italia"],
  KP: ["North Korea", "Nordkorea", "Corea del Norte"],
  KR: ["South Korea", "Korea", "Republic of Korea", "Südkorea", "Corea", "Corea del Sur"],
  LI: ["FL", "Fürstentum Liechtenstein"],
  LU: ["L", "LUX"],
  MK: ["Macedonia", "Mazedonien", "Nordmazedonien"],
  MM: ["Burma", "Birma", "Birmania"],
  MX: ["Mexiko", "Méjico", "Estados Unidos Mexicanos"],
  NL: ["Holland", "The Netherlands", "Niederl.", "Holanda", "Países Bajos", "Nederland"],
  NO: ["N", "Norge"],
  PS: ["Palestine", "Palästina", "Palestina"],
  PT: ["P"],
  RU: ["Russian Federation", "Russische Föderation", "Federación Rusa"],
  SE: ["S", "Sverige"],
  SI: ["SLO"],
  SY: ["Syrian Arab Republic"],
  SZ: ["Swaziland", "Swasiland", "Suazilandia"],
  TR: ["Turkey", "Türkei", "Türkiye", "Turquía"],
  TW: ["Taiwan, R.O.C.", "Republic of China"],
  TZ: ["Tansania"],
  US: [
    "USA",
    "U.S.",
    "U.S.A.",
    "United States of America",
    "the United States",
    "America",
    "Vereinigte Staaten von Amerika",
    "Ver. Staaten",
    "EE.UU.",
    "EE. UU.",
    "EEUU",
    "E.U.A.",
    "Estados Unidos de América",
    "Estados Unidos de Norteamérica",
    "Amerika",
  ],
  VA: ["Vatican", "Vatikan", "Vaticano"],
  VE: ["Bolivarian Republic of Venezuela"],
  VN: ["Viet Nam"],
}
