import type { Synonyms } from "./synonyms.ts"

/** What columns are called in Spanish. How the entries are read is described in `synonyms.ts`. */
export const spanish: Synonyms = {
  meanings: {
    fullName:
      "nombre completo, nombre y apellidos, nombre cliente, apellidos y nombre, nombre del contacto, persona de contacto, nombre del cliente, titular, paciente, socio, alumno, huésped, nombre y apellido, interesado nombre, ~nombre, ~cliente, ~contacto, ~persona, ~destinatario",
    givenName: "nombre, nombre de pila, primer nombre, nombres",
    familyName:
      "apellidos, apellido, primer apellido, apellido 1, apellido paterno, apell, apellido familiar",
    middleName: "segundo nombre, nombre intermedio, otros nombres",
    salutation: "tratamiento, saludo, título cortesía, prefijo, sr sra, d dña, ~título, ~trato",
    email:
      "correo, correo electrónico, email, e-mail, dirección de correo, correo-e, mail, correo electronico principal, dirección de correo electrónico",
    phone:
      "teléfono, móvil, teléfono móvil, celular, teléfono fijo, fijo, fax, número de teléfono, tlf, tfno, telf, centralita, whatsapp, tel móvil, teléfono de contacto, teléfono particular, teléfono del trabajo, número de contacto",
    street:
      "calle, dirección, domicilio, calle y número, dirección 1, vía, línea de dirección 1, nombre de la calle, vialidad, nombre de la vialidad, dirección línea 1, calle avenida, ~dir, ~direccion postal",
    houseNumber:
      "número de calle, número exterior, número de portal, portal, nº portal, num ext, número casa",
    street2:
      "dirección 2, línea de dirección 2, piso, puerta, escalera, complemento, calle 2, apartado de correos, apartado postal, número interior, colonia, barrio, piso puerta, departamento interior, calle 3",
    city: "ciudad, población, localidad, municipio, pueblo, ciudad de residencia, villa, ~lugar, ~plaza",
    region:
      "provincia, región, comunidad autónoma, estado o provincia, provincia o estado, comunidad, departamento región, estado provincia, prov, entidad federativa, ~estado, ~comarca",
    postalCode: "código postal, CP, C.P., cód postal, codpostal, cod post, zip, dp, distrito postal",
    country: "país, nación, país o región, país región, código de país, ~nacionalidad",
    wholeAddress:
      "dirección, dirección completa, domicilio completo, dirección postal, dirección de envío, dirección de facturación, señas",
    organisation:
      "empresa, compañía, organización, razón social, nombre de la empresa, nombre empresa, negocio, sociedad, lugar de trabajo, entidad, nombre comercial, empleador, denominación social, firma, razón social cliente, nombre fiscal, ~comercio, ~cuenta",
    organisationId: "id empresa, código empresa, id organización",
    jobTitle:
      "puesto, cargo, profesión, ocupación, función, puesto de trabajo, rol, título del puesto, oficio, cargo en la empresa",
    department: "departamento, área, sección, división, dpto, depto",
    lifecycleStage:
      "etapa, etapa del ciclo de vida, ciclo de vida, estado del cliente, estado cliente, fase, situación, estado del lead, estado del contacto, tipo de cliente, tipo cliente, relación, ~estado, ~tipo, ~clase, ~categoría",
    source:
      "origen, fuente, procedencia, cómo nos conoció, cómo nos ha conocido, origen del contacto, fuente del lead, canal de captación, de dónde viene, captación, nos conoció por, origen cliente, medio, ~referido por, ~recomendado por, ~campaña, ~recomendación",
    owner:
      "responsable, propietario, comercial, agente, asignado a, vendedor, atendido por, gestor, comercial asignado, asesor, encargado, propietario del contacto, ejecutivo, gestor de cuenta, representante, técnico asignado, ~doctor, ~monitor, ~peluquera",
    tags: "etiquetas, etiqueta, categorías, categoría, grupos, grupo, segmento, palabras clave, segmentos, clasificación, lista, grupo de clientes, ~tipo, ~tipo de cliente",
    birthday:
      "cumpleaños, fecha de nacimiento, nacimiento, f nac, fecha nac, f nacimiento, fec nac, nacido el, fnac, fecha nto",
    birthDay: "día de nacimiento",
    birthMonth: "mes de nacimiento",
    birthYear: "año de nacimiento",
    anniversary: "aniversario, aniversario de boda, santo, onomástica, fecha de boda",
    language: "idioma, lengua, idioma preferido, idiomas, lengua materna, idioma de contacto",
    channel:
      "canal preferido, medio de contacto, vía de contacto, contacto preferido, forma de contacto, canal de contacto, prefiere contacto por, preferencia de contacto, contactar por, avisar por, aviso por, recordatorio por, método de contacto",
    formOfAddress: "tú usted, trato, tuteo, forma de trato, tutear, tratar de",
    styleNote: "estilo, tono, estilo de comunicación",
    keyCustomer:
      "cliente clave, VIP, importancia, cliente vip, prioridad cliente, clase de cliente, prioridad comercial, cliente importante, ~clasificación, ~calificación, ~nivel, ~valoración, ~rango",
    location:
      "sucursal, tienda, local, centro, sede, establecimiento, delegación, oficina asignada, tienda habitual, clínica, ubicación",
    website: "página web, web, sitio web, URL, sitio, dirección web, internet, página de internet",
    social: "redes sociales, perfil de LinkedIn, usuario de Instagram, perfil de Facebook, cuenta de Twitter",
    domain: "dominio, dominio web, dominio de correo",
    photo: "foto, imagen, fotografía, avatar, foto de perfil, url de la foto",
    description: "descripción, acerca de, sobre, perfil, biografía, resumen, ~detalles",
    note: "notas, nota, observaciones, comentarios, comentario, observación, anotaciones, apuntes, otros datos, obs, notas internas, info adicional, ~detalles, ~otros, ~información",
    optIn:
      "acepta publicidad, newsletter, boletín, consentimiento, acepta comunicaciones, autoriza email, acepta marketing, autoriza publicidad, RGPD, LOPD, suscrito, suscripción, autoriza sms, permiso de marketing, acepta emails, recibe publicidad, suscrito al boletín, quiere newsletter, autoriza comunicaciones, publicidad, acepta promociones, acepta whatsapp, consentimiento rgpd",
    optOut:
      "no desea publicidad, baja publicidad, no contactar, no molestar, no llamar, darse de baja, dado de baja, no enviar publicidad, robinson, lista robinson, no enviar correo",
    optInDate:
      "fecha de consentimiento, fecha suscripción, fecha de aceptación, suscrito desde, fecha consentimiento",
    optOutDate: "fecha de baja, fecha baja publicidad",
    createdAt:
      "fecha de alta, alta, fecha alta, fecha de creación, creado, creado el, cliente desde, fecha de registro, socio desde, fecha de inscripción, f alta, desde, fecha de ingreso, dado de alta, fecha inicio, inscripción, registro, ~fecha, ~primera visita, ~primera compra",
    externalId:
      "número de cliente, nº cliente, código cliente, cod cliente, id cliente, núm socio, número de socio, código, cod, identificador, referencia, ref, núm historia, nº historia, historia clínica, expediente, nº socio, cod cli, clave cliente, id, ~número, ~clave, ~nº",
    industry:
      "sector, industria, actividad, rubro, ramo, giro, sector de actividad, actividad económica, sector empresarial, CNAE",
    size: "número de empleados, empleados, nº empleados, plantilla, tamaño, tamaño de la empresa, trabajadores, nº trabajadores, núm trabajadores, cantidad de empleados",
    parent:
      "empresa matriz, matriz, grupo empresarial, sociedad matriz, filial de, pertenece a, grupo al que pertenece, empresa madre, casa matriz",
    parentId: "id matriz",
    attribute:
      "sexo, género, facturación anual, ingresos, ingresos anuales, importe total, total gastado, total compras, última visita, última compra, último pedido, último contacto, próxima cita, próxima visita, número de pedidos, pedidos, nº visitas, visitas, NIF, CIF, DNI, DNI NIF, NIE, RUT, RFC, CURP, cédula, pasaporte, documento, IBAN, cuenta bancaria, banco, forma de pago, condiciones de pago, método de pago, plazo de pago, límite de crédito, descuento, tarifa, moneda, divisa, apodo, sufijo, iniciales, cónyuge, pareja, hijos, aficiones, hobby, intereses, alergias, alergia, intolerancias, edad, estado civil, peso, altura, talla, talla de zapato, color de pelo, favorito, favorita, preferido, preferida, tratamiento preferido, matrícula, vehículo, marca, modelo, bastidor, mascota, año de fundación, fundada, forma jurídica, puntos, puntos fidelidad, saldo, deuda, contrato, fin de contrato, seguro, aseguradora, asistente, nombre del asistente, jefe, nombre del jefe, contacto de emergencia, información de facturación, skype, segundo apellido, apellido materno, apellido2, titular cuenta, ~último, ~última, ~próximo, ~próxima, ~total, ~importe",
    technical:
      "fecha de modificación, modificado, modificado por, última modificación, creado por, tipo de correo electrónico, nombre de pantalla de correo electrónico, nombre para mostrar de correo electrónico, confidencialidad, servidor de directorio, kilometraje, prioridad, disponibilidad de internet, latitud, longitud, eliminado, borrado, fecha de exportación, dirección ip, télex, RDSI",
  },
  aliases: {
    number: "num numero n nro numeros",
    phone: "telefono tel tlf tfno telf telefonos tlfno tfo fono tfn",
    email: "correo correos mail",
    address: "direccion domicilio dir direcciones dom",
    date: "fecha fec fech fechas",
    customer: "cliente clientes clienta cli",
    company: "empresa empresas compania organizacion",
    contact: "contacto contactos",
    mobile: "movil celular cel moviles",
    work: "trabajo laboral oficina profesional trab empresarial",
    home: "particular casa personal residencia hogar privado",
    other: "otro otra otras alternativo secundario adicional alternativa secundaria",
    main: "principal principales primario general",
    billing: "facturacion fiscal factura",
    shipping: "envio entrega",
    street: "calle",
    birth: "nacimiento nac nto",
    account: "cuenta",
    code: "codigo cod",
    website: "web",
    employees: "empleados empleado trabajadores plantilla",
    created: "creado alta creacion",
    last: "ultimo ultima",
    next: "proximo proxima",
    identifier: "identificador",
    year: "ano",
    day: "dia",
    month: "mes",
    count: "cantidad",
    favourite: "favorito favorita preferido preferida",
    deleted: "eliminado borrado",
    surname: "apellidos apellido apell",
  },
  noise:
    "de del la el los las y o en a al por para su sus mi nuestro nuestra un una nos con que electronico campo valor dato datos aa aaaa",
  unhelpful: "columna campo valor dato",
  labelWords: "tipo etiqueta",
}
