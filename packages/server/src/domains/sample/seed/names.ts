/** Where somebody's name comes from; `share` is how often, beside others. */
export interface NameTable {
  share: number
  language: string
  country: string
  given: readonly string[]
  family: readonly string[]
  /** Cities with their postal codes' beginning. */
  cities: readonly string[]
  /** Family name first, nothing between: 山田太郎. */
  familyFirst?: true
}
const words = (text: string) => text.trim().split(/\s+/)

/** Names as they are met in a business in Europe: mostly Latin with every accent, some in other scripts. */
export const nameTables: readonly NameTable[] = [
  {
    share: 30,
    language: "en",
    country: "GB",
    given:
      words(`James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan
Joseph Jessica Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Ashley Donald
Kimberly Steven Emily Andrew Donna Paul Michelle Joshua Carol Kenneth Amanda Kevin Melissa Brian Deborah George
Stephanie Timothy Rebecca Ronald Laura Jason Helen Edward Sharon Jeffrey Cynthia Ryan Kathleen`),
    family:
      words(`Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White
Roberts Green Hall Wood Jackson Clarke Harrison Lewis Scott Young Cooper King Baker Turner Carter Mitchell Collins
Murphy Kelly Bell Ward Hughes Edwards Hill Moore Clark Lee Parker Bennett Cook Shaw Price Foster Simpson Marshall
Anderson Chapman Mason Gray Webb Rogers Stevens Hunt Palmer Holmes Mills Ellis Knight Lloyd Butler Russell Barker
Fisher Grant O'Brien O'Connor McDonald MacLeod`),
    cities: ["London EC1A", "Manchester M1", "Bristol BS1", "Leeds LS1", "Edinburgh EH1", "Cardiff CF10"],
  },
  {
    share: 26,
    language: "de",
    country: "DE",
    given:
      words(`Anna Peter Ursula Michael Monika Thomas Sabine Andreas Petra Stefan Birgit Jürgen Jörg Käthe Günter
Björn Änne Özlem Matthias Heike Wolfgang Claudia Frank Martina Klaus Gabriele Uwe Angelika Bernd Renate Dieter Ilse
Manfred Ingrid Rainer Karin Ralf Silke Holger Katrin Sören Jonas Lukas Emma Mia Finn Leonie Felix Paula`),
    family:
      words(`Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter
Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Meier Lehmann
Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn
Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Böhm
Groß Jäger Kühn Süß`),
    cities: [
      "Berlin 10115",
      "Hamburg 20095",
      "München 80331",
      "Köln 50667",
      "Düsseldorf 40213",
      "Fürth 90762",
    ],
  },
  {
    share: 11,
    language: "es",
    country: "ES",
    given:
      words(`María José Antonio Carmen Manuel Ana Francisco Isabel Juan Dolores David Pilar Javier Teresa Daniel
Ángeles Jesús Lucía Ángel Rocío Iñaki Begoña Óscar Núria Ramón Inés Andrés Sofía Joaquín Mónica`),
    family:
      words(`García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández
Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres Domínguez Vázquez Ramos Gil Ramírez Serrano Blanco
Molina Núñez Peña Ibáñez`),
    cities: ["Madrid 28001", "Barcelona 08001", "Sevilla 41001", "Málaga 29001", "A Coruña 15001"],
  },
  {
    share: 8,
    language: "fr",
    country: "FR",
    given:
      words(`Jean Marie Pierre Françoise Michel Monique André Hélène Philippe Cécile Éric Zoé Loïc Maëlle Rémi
Noémie Gaël Chloé Benoît Agnès Jérôme Mathilde`),
    family:
      words(`Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefèvre Leroy
Roux Bertrand Morel Fournier Girard Bonnet Dupont Lambert François Élie Béranger Lecœur Châtelain d’Aubigné`),
    cities: ["Paris 75001", "Lyon 69001", "Nîmes 30000", "Orléans 45000", "Besançon 25000"],
  },
  {
    share: 6,
    language: "pl",
    country: "PL",
    given:
      words(`Piotr Anna Krzysztof Małgorzata Andrzej Katarzyna Tomasz Agnieszka Paweł Barbara Michał Ewa Łukasz
Zofia Stanisław Grażyna Grzegorz Żaneta`),
    family:
      words(`Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski
Kozłowski Mazur Jankowski Kwiatkowski Wojciechowski Krawczyk Kaczmarek Piotrowski Grabowski Pawłowski Michalski Źrebiec`),
    cities: ["Warszawa 00-001", "Kraków 30-001", "Łódź 90-001", "Wrocław 50-001"],
  },
  {
    share: 5,
    language: "tr",
    country: "TR",
    given: words(
      "Mehmet Ayşe Mustafa Fatma Ahmet Emine Ali Hatice Hüseyin Zeynep İbrahim Şule Çağla Oğuz Gülşen Ümit Işıl",
    ),
    family: words(
      "Yılmaz Kaya Demir Çelik Şahin Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Koç Özkan",
    ),
    cities: ["İstanbul 34000", "Ankara 06000", "İzmir 35000"],
  },
  {
    share: 4,
    language: "vi",
    country: "DE",
    given: words("Thị Lan Văn Minh Thu Hà Đức Huy Ngọc Anh Quốc Bảo Phương Tuấn Mỹ Linh"),
    family: words("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý"),
    cities: ["Leipzig 04109", "Dresden 01067"],
  },
  {
    share: 4,
    language: "ru",
    country: "DE",
    given: words("Александр Мария Дмитрий Анна Сергей Елена Андрей Ольга Алексей Наталья Иван Татьяна Пётр"),
    family: words(
      "Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Щукин",
    ),
    cities: ["Berlin 12681", "Köln 51103"],
  },
  {
    share: 2,
    language: "el",
    country: "GR",
    given: words("Γιώργος Μαρία Δημήτρης Ελένη Κώστας Κατερίνα Γιάννης Βασιλική Νίκος Σοφία"),
    family: words(
      "Παπαδόπουλος Βλάχος Αγγελόπουλος Νικολαΐδης Γεωργίου Πετρίδης Αθανασίου Δημητριάδης Οικονόμου",
    ),
    cities: ["Αθήνα 105 57", "Θεσσαλονίκη 546 22"],
  },
  {
    share: 1.5,
    language: "ar",
    country: "DE",
    given: words("محمد فاطمة أحمد مريم علي خديجة عمر زينب يوسف ليلى حسن سارة"),
    family: words("الحسن المصري حداد خوري النجار العلي صباغ منصور بيطار قاسم"),
    cities: ["Duisburg 47051", "Essen 45127"],
  },
  {
    share: 1.5,
    language: "ja",
    country: "DE",
    given: words("太郎 花子 健一 美咲 翔太 陽菜 大輔 恵子 直樹 由美"),
    family: words("佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤"),
    cities: ["Düsseldorf 40210"],
    familyFirst: true,
  },
  {
    share: 1,
    language: "zh",
    country: "DE",
    given: words("伟 芳 娜 敏 静 丽 强 磊 洋 艳 勇 军"),
    family: words("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙"),
    cities: ["Frankfurt am Main 60311"],
    familyFirst: true,
  },
]
