/*
 * What people call the fields, and the choices of fields, of entities without a vocabulary of their own, beside the
 * labels of the declaration; separated by commas. Case, accents and punctuation are ignored when comparing.
 */

const ABOUT =
  "concerns,customer,client,person,contact,company,related to,regarding,bezug,kunde,kundin,kundenname,firma,kontakt,ansprechpartner,referente a,relativo a,cliente,clienta,persona,contacto,empresa"

/** By entity and field. */
export const FIELD_WORDS: Record<string, Record<string, string>> = {
  tasks: {
    title:
      "task name,to do,todo,subject,titel,betreff,aufgabenname,zu tun,was,título,titulo,asunto,pendiente,por hacer",
    dueDate:
      "due date,due on,due by,deadline,date,fällig am,fällig bis,fälligkeit,fälligkeitsdatum,termin,frist,bis wann,datum,fecha,fecha límite,fecha de vencimiento,vencimiento,vence el,plazo",
    dueTime: "due time,zeit,hora límite",
    assigneeId:
      "assignee,assigned,responsible,responsible person,zuständig,zuständige person,verantwortlich,bearbeiter,bearbeiterin,wer,responsable,asignado a,asignado,asignada,encargado,encargada",
    priority: "prio,importance,wichtigkeit,dringlichkeit,importancia,urgencia",
    status: "state,stand",
    description:
      "details,note,notes,comment,comments,notiz,notizen,bemerkung,bemerkungen,kommentar,detalle,detalles,nota,notas,comentario,comentarios,observaciones",
    about: ABOUT,
  },
  notes: {
    text: "note,notes,comment,comments,remark,remarks,notiz,notizen,bemerkung,bemerkungen,kommentar,anmerkung,nota,notas,comentario,comentarios,observación,observaciones",
    about: ABOUT,
    createdAt:
      "date,day,written on,created,datum,tag,vom,geschrieben am,erstellt,erstellt am,fecha,día,escrita el,creada el",
  },
  activities: {
    kind: "type,activity,activity type,aktivität,typ,kontaktart,actividad,tipo de actividad,clase",
    occurredAt:
      "date,day,date and time,datum,tag,zeitpunkt,datum und uhrzeit,am,fecha,día,fecha y hora,momento",
    minutes: "duration,length,dauer,dauer in minuten,dauer min,duración,duración en minutos",
    outcome: "result,resultat,desenlace",
    text: "note,notes,comment,comments,subject,description,notiz,notizen,betreff,thema,bemerkung,bemerkungen,beschreibung,inhalt,nota,notas,asunto,tema,descripción,comentario,comentarios,observaciones",
    about: ABOUT,
  },
}

/** By entity, field and value. */
export const VALUE_WORDS: Record<string, Record<string, string>> = {
  "tasks.priority": {
    high: "urgent,important,very high,a,1,dringend,eilig,wichtig,sehr hoch,urgente,importante,alto,muy alta",
    normal: "medium,standard,b,2,mittel,media,medio",
    low: "unimportant,c,3,gering,unwichtig,bajo",
  },
  "tasks.status": {
    open: "to do,todo,not started,in progress,waiting,pending,nicht begonnen,begonnen,in arbeit,in bearbeitung,wartet,offene,pendiente,sin empezar,en curso,en progreso,abierto",
    done: "completed,complete,closed,finished,fertig,abgeschlossen,geschlossen,gemacht,hecho,completada,completado,terminada,terminado,cerrada,cerrado",
  },
  "activities.kind": {
    call: "phone,phone call,telephone,telefonat,telefon,telefonanruf,rückruf,llamada telefónica,teléfono",
    meeting: "appointment,conversation,video call,termin,besprechung,gespräch,meeting,cita,encuentro,reunion",
    visit: "on site,in store,vor ort,im laden,kundenbesuch,en tienda,presencial",
    message: "email,mail,sms,text,letter,chat,whatsapp,brief,mail,correo,correo electrónico,carta",
  },
  "activities.direction": {
    incoming: "in,inbound,received,eingang,rein,ein,entrada,recibida,recibido",
    outgoing: "out,outbound,made,sent,ausgang,raus,aus,salida,realizada,realizado,enviada,enviado",
  },
}
