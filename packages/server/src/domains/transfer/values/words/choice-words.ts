/*
 * What each value of a closed set is called in other products and by hand, separated by commas.
 * Letters, numbers and underscores only matter: case, accents and punctuation are ignored when comparing.
 */

export const LIFECYCLE_WORDS = {
  subscriber:
    "subscriber,subscribed,newsletter,newsletter subscriber,follower,contact,kontakt,abonnent,abonnentin,newsletter abonnent,suscriptor,suscriptora,suscrito,contacto,seguidor,other,evangelist",
  lead: "lead,new lead,hot lead,warm lead,cold lead,prospect,new,open,raw,unqualified,enquiry,inquiry,enquirer,not contacted,open not contacted,attempted to contact,contact in future,pre lead,junk lead,interested,marketing qualified lead,mql,interessent,interessentin,anfrage,neu,neukontakt,interessiert,unqualifiziert,cliente potencial,potencial,interesado,interesada,prospecto,nuevo lead,consulta,nuevo contacto",
  qualified:
    "qualified,sales qualified lead,sql,opportunity,sales opportunity,working,working contacted,contacted,connected,in progress,open deal,in negotiation,negotiation,pre qualified,proposal,qualifiziert,verkaufschance,chance,in verhandlung,kontaktiert,in kontakt,angebot,in bearbeitung,cualificado,calificado,oportunidad,en negociacion,contactado,contactada,presupuesto enviado,en curso",
  customer:
    "customer,client,active,active customer,active client,won,closed won,closed converted,converted,buyer,paying,current,current customer,new customer,customer direct,customer channel,kunde,kundin,aktiv,aktiver kunde,neukunde,neukundin,bestandskunde,bestandskundin,gewonnen,cliente,clienta,activo,activa,cliente activo,cliente nuevo,nuevo cliente,nuevo,nueva,ganado,comprador",
  regular:
    "regular,regular customer,regular client,repeat,repeat customer,loyal,loyal customer,stammkunde,stammkundin,stammgast,stamm,treuer kunde,wiederkehrend,cliente habitual,habitual,cliente fiel,fiel,recurrente,cliente recurrente,fidelizado,asiduo",
  lapsed:
    "lapsed,inactive,dormant,former,former customer,former client,past customer,ex customer,at risk,sleeping,churned,expired,inaktiv,ehemalig,ehemaliger kunde,ehemalige,ehem kunde,altkunde,schlafend,ruhend,abgewandert,inactivo,inactiva,antiguo,antiguo cliente,ex cliente,excliente,dormido,baja",
  lost: "lost,closed lost,lost lead,lost customer,disqualified,closed not converted,not interested,rejected,bad timing,verloren,verlorener kunde,verlorene,abgesagt,kein interesse,disqualifiziert,perdido,perdida,cliente perdido,no interesado,descartado,rechazado",
}

export const KEY_CUSTOMER_WORDS = {
  high: "high,top,important,very important,key,a,a customer,a kunde,gold,hoch,wichtig,sehr wichtig,schlüsselkunde,großkunde,premium,alto,alta,importante,muy importante,cliente clave,clave,platinum,platin,platino,oro,h",
  medium:
    "medium,mid,normal,b,b customer,b kunde,silver,mittel,durchschnittlich,standard,medio,media,plata,silber,m",
  low: "low,unimportant,c,c customer,c kunde,bronze,niedrig,gering,unwichtig,klein,kleinkunde,bajo,baja,bronce,l",
  vip: "vip,v.i.p.,very important person,vips,vip customer,vip kunde,cliente vip",
  potential:
    "potential,high potential,growth,promising,d,potenzial,potential kunde,entwicklungskunde,ausbaufähig,potencial,prometedor,en crecimiento",
}

export const CHANNEL_WORDS = {
  email:
    "email,e-mail,mail,e mail,by email,per e-mail,per mail,correo,correo electrónico,correo-e,por correo,por email",
  phone:
    "phone,call,telephone,phone call,by phone,mobile,cell,landline,telefon,anruf,telefonisch,per telefon,handy,mobil,festnetz,anrufen,tel,tel.,teléfono,llamada,móvil,por teléfono,telefónico,llamar,fijo",
  sms: "sms,text,text message,texting,by text,textnachricht,mensaje de texto,mensaje,kurznachricht",
  chat: "chat,whatsapp,whats app,wa,messenger,live chat,signal,telegram,threema,imessage,wasap,webchat,line,viber",
  post: "post,letter,by post,by mail,postal mail,snail mail,direct mail,brief,per post,postalisch,briefpost,carta,correo postal,postal,por carta",
  inPerson:
    "in person,visit,personal,personally,face to face,in store,shop,meeting,persönlich,besuch,vor ort,im laden,im geschäft,en persona,presencial,visita,en tienda,personalmente,cara a cara",
  social:
    "social,social media,instagram,facebook,facebook messenger,linkedin,twitter,x.com,tiktok,xing,insta,soziale medien,redes sociales,redes,dm",
}

export const FORM_WORDS = {
  formal:
    "formal,sie,per sie,siezen,gesiezt,förmlich,usted,de usted,ud,ud.,vd.,sir or madam,mr mrs,title,last name,surname,nachname,apellido",
  informal:
    "informal,du,per du,duzen,geduzt,tú,de tú,tutear,tuteo,vos,voseo,casual,first name,friendly,vorname,nombre,locker,cercano",
}

export const CONSENT_WORDS = {
  given:
    "yes,y,true,1,x,on,ok,granted,subscribed,subscribe,opted in,opt in,optin,confirmed,given,consented,consent,accepted,allowed,active,single opt in,double opt in,doi,ja,j,wahr,erteilt,eingewilligt,einwilligung,angemeldet,bestätigt,erlaubt,abonniert,zugestimmt,si,s,verdadero,aceptado,acepta,acepto,concedido,autorizado,autoriza,suscrito,confirmado",
  refused:
    "no,n,false,0,off,denied,declined,no consent,never subscribed,not subscribed,do not contact,nein,falsch,abgelehnt,nicht erteilt,verweigert,keine einwilligung,keine,falso,rechazado,rechaza,no autoriza,no acepta,denegado",
  withdrawn:
    "unsubscribed,unsubscribe,opted out,opt out,optout,revoked,archived,cleaned,abgemeldet,widerrufen,ausgetragen,abbestellt,revocado,dado de baja,baja,cancelado",
  pending:
    "unconfirmed,not confirmed,requested,unknown,transactional,ausstehend,unbestätigt,angefragt,offen,unbekannt,pendiente,sin confirmar,solicitado,desconocido",
}
