<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
  <context>
    <name>Support</name>
    <message>
      <location filename="ui/support/card.py" line="62" />
      <source>{date}: where this is from, for {name}</source>
      <translation>{date}: de dónde sale esto, {name}</translation>
    </message>
    <message>
      <location filename="ui/support/card.py" line="64" />
      <source>Where this is from</source>
      <translation>De dónde sale esto</translation>
    </message>
    <message>
      <location filename="ui/support/card.py" line="104" />
      <source>Copy {address}, {name}</source>
      <translation>Copiar {address}, {name}</translation>
    </message>
    <message>
      <location filename="ui/support/card.py" line="106" />
      <source>Copy</source>
      <translation>Copiar</translation>
    </message>
    <message>
      <location filename="ui/support/card.py" line="122" />
      <source>{address}, the website of {name}</source>
      <translation>{address}, la página web de {name}</translation>
    </message>
    <message>
      <location filename="ui/support/crisis.py" line="38" />
      <source>If tonight feels like too much</source>
      <translation>Si esta noche sientes que no puedes más</translation>
    </message>
    <message>
      <location filename="ui/support/found_page.py" line="44" />
      <source>People to talk to</source>
      <translation>Con quién hablar</translation>
    </message>
    <message>
      <location filename="ui/support/found_page.py" line="51" />
      <source>In other countries</source>
      <translation>En otros países</translation>
    </message>
    <message>
      <location filename="ui/support/found_page.py" line="56" />
      <source>What is written here about some of them is in English only.</source>
      <translation>Lo que se dice aquí de algunas organizaciones está solo en inglés.</translation>
    </message>
    <message>
      <location filename="ui/support/found_page.py" line="113" />
      <source>Nothing here has these words. Another word, or the beginning of one, may find more.</source>
      <translation>Aquí no aparece nada con esas palabras. Quizá con otra palabra, o con el comienzo de una, encuentres más.</translation>
    </message>
    <message>
      <location filename="ui/support/found_page.py" line="115" />
      <source>There is more than is shown here. One word more finds less.</source>
      <translation>Hay más de lo que se muestra aquí. Con una palabra más aparecerá menos.</translation>
    </message>
    <message>
      <location filename="ui/support/head.py" line="43" />
      <source>Back</source>
      <translation>Volver</translation>
    </message>
    <message>
      <location filename="ui/support/head.py" line="46" />
      <source>Support</source>
      <translation>Apoyo</translation>
    </message>
    <message>
      <location filename="ui/support/head.py" line="54" />
      <source>Language</source>
      <translation>Idioma</translation>
    </message>
    <message>
      <location filename="ui/support/head.py" line="60" />
      <source>Country</source>
      <translation>País</translation>
    </message>
    <message>
      <location filename="ui/support/head.py" line="91" />
      <source>Search these pages</source>
      <translation>Buscar en estas páginas</translation>
    </message>
    <message>
      <location filename="ui/support/people_page.py" line="83" />
      <source>I am looking for</source>
      <translation>Busco</translation>
    </message>
    <message>
      <location filename="ui/support/people_page.py" line="92" />
      <source>Any loss</source>
      <translation>Cualquier pérdida</translation>
    </message>
    <message>
      <location filename="ui/support/reading_page.py" line="44" />
      <source>A page to hand over</source>
      <translation>Una página para dar a alguien</translation>
    </message>
    <message>
      <location filename="ui/support/reading_page.py" line="113" />
      <source>{date} · Where this is from</source>
      <translation>{date} · De dónde sale esto</translation>
    </message>
    <message>
      <location filename="ui/support/reading_page.py" line="117" />
      <source>{date}. Where this is from: {line}</source>
      <translation>{date}. De dónde sale esto: {line}</translation>
    </message>
    <message>
      <location filename="ui/support/tongue.py" line="76" />
      <source>{month} {year}</source>
      <translation>{month} de {year}</translation>
    </message>
    <message>
      <location filename="ui/support/tongue.py" line="82" />
      <source>about {date}</source>
      <translation>hacia {date}</translation>
    </message>
    <message>
      <location filename="ui/support/view.py" line="90" />
      <source>Put this message away</source>
      <translation>Quitar este mensaje</translation>
    </message>
    <message>
      <location filename="ui/support/view.py" line="103" />
      <source>This page is part of the app and works with no connection. The country and the language you choose are remembered on this computer. Nothing you look at here is recorded or sent.</source>
      <translation>Esta página forma parte de la aplicación y funciona sin conexión. El país y el idioma que eliges se recuerdan en este equipo. Nada de lo que mires aquí se registra ni se envía.</translation>
    </message>
    <message>
      <location filename="ui/support/view.py" line="211" />
      <source>Making the PDF…</source>
      <translation>Preparando el PDF…</translation>
    </message>
    <message>
      <location filename="ui/support/view.py" line="216" />
      <source>Saved as {name}. It says nothing about you or your book.</source>
      <translation>Se ha guardado como {name}. No dice nada de ti ni de tu libro.</translation>
    </message>
    <message>
      <location filename="ui/support/view.py" line="280" />
      <source>Copied</source>
      <translation>Copiado</translation>
    </message>
    <message>
      <location filename="ui/support/view.py" line="287" />
      <source>This opens your web browser. The page will see that you visited it.</source>
      <translation>Esto abre tu navegador. La página verá que la has visitado.</translation>
    </message>
    <message>
      <location filename="ui/support/view.py" line="288" />
      <source>Open</source>
      <translation>Abrir</translation>
    </message>
    <message>
      <location filename="ui/support/view.py" line="289" />
      <source>Not now</source>
      <translation>Ahora no</translation>
    </message>
    <message>
      <location filename="ui/support/view.py" line="297" />
      <source>The web browser could not be opened. The address is {address}.</source>
      <translation>No se ha podido abrir el navegador. La dirección es {address}.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="24" />
      <source>Miscarriage</source>
      <translation>Aborto espontáneo</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="25" />
      <source>Stillbirth</source>
      <translation>Muerte antes de nacer</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="26" />
      <source>A baby who died</source>
      <translation>Un bebé que murió</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="27" />
      <source>Ending a wanted pregnancy</source>
      <translation>Interrumpir un embarazo deseado</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="28" />
      <source>Pregnancy after loss</source>
      <translation>Embarazo después de una pérdida</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="29" />
      <source>Partners</source>
      <translation>Parejas</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="30" />
      <source>Grandparents</source>
      <translation>Abuelas y abuelos</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="31" />
      <source>Brothers and sisters</source>
      <translation>Hermanas y hermanos</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="32" />
      <source>Faith</source>
      <translation>Fe</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="33" />
      <source>At night</source>
      <translation>De noche</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="34" />
      <source>In English</source>
      <translation>En español</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="35" />
      <source>In several languages</source>
      <translation>En varios idiomas</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="41" />
      <source>Everywhere</source>
      <translation>En todas partes</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="46" />
      <source>from anywhere</source>
      <translation>desde cualquier lugar</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="54" />
      <source>At any hour</source>
      <translation>A cualquier hora</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="55" />
      <source>After the loss of a pregnancy or a baby</source>
      <translation>Tras la pérdida de un embarazo o de un bebé</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="56" />
      <source>More help</source>
      <translation>Más ayuda</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="57" />
      <source>From anywhere in the world</source>
      <translation>Desde cualquier lugar del mundo</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="66" />
      <source>Other countries have no list of their own here yet. What follows can be reached from anywhere, or knows where to turn in many countries.</source>
      <translation>Los demás países aún no tienen aquí una lista propia. Lo que sigue sirve desde cualquier lugar, o te lleva a quien puede escucharte en muchos países.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="70" />
      <source>Nobody in {country} who is there for this loss in particular is in this list yet. What follows can be reached from anywhere, or knows where to turn in many countries.</source>
      <translation>En esta lista aún no hay nadie en {country} que se dedique a esta pérdida en particular. Lo que sigue sirve desde cualquier lugar, o te lleva a quien puede escucharte en muchos países.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="89" />
      <source>read in {month}</source>
      <translation>consultado en {month}</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="90" />
      <source>as of {date}</source>
      <translation>datos de {date}</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="109" />
      <source>our own words</source>
      <translation>palabras nuestras</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="116" />
      <source>We wrote this line for these pages. It is not from a source.</source>
      <translation>Hemos escrito esta línea para estas páginas. No sale de ninguna fuente.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="121" />
      <source>From: {sources}.</source>
      <translation>Fuentes: {sources}.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="124" />
      <source>Read in {month}; the page has no date.</source>
      <translation>Consultado en {month}; la página no lleva fecha.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="126" />
      <source>Read in {month}; the pages have no date.</source>
      <translation>Consultado en {month}; las páginas no llevan fecha.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="135" />
      <source>Text {words} to {number}</source>
      <translation>Envía {words} por SMS al {number}</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="137" />
      <source>Text {number}</source>
      <translation>SMS al {number}</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="139" />
      <source>Chat at {site}</source>
      <translation>Chat en {site}</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="147" />
      <source>If you are in danger, call the emergency number: {number}.</source>
      <translation>Si estás en peligro, llama al número de emergencias: {number}.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="149" />
      <source>If you are in danger, call your local emergency number.</source>
      <translation>Si estás en peligro, llama al número de emergencias de donde estés.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="152" />
      <source>Choose your country above, and the line to call stands here.</source>
      <translation>Elige tu país arriba y aquí aparecerá la línea a la que llamar.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="154" />
      <source>No crisis line is listed here for this country. Find A Helpline, below, knows many more.</source>
      <translation>Aquí no figura ninguna línea de crisis de este país. Find A Helpline, más abajo, conoce muchas más.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="156" />
      <source>You can talk to someone.</source>
      <translation>Puedes hablar con alguien.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="157" />
      <source>free</source>
      <translation>gratis</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="158" />
      <source>You can talk to someone now, any hour, free.</source>
      <translation>Puedes hablar con alguien ahora, a cualquier hora, gratis.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="160" />
      <source>You can talk to someone now, any hour.</source>
      <translation>Puedes hablar con alguien ahora, a cualquier hora.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="167" />
      <source>The list of people to talk to could not be read. Your book is safe. Installing Memory Book once more brings the list back. If you are in danger, please call your emergency number.</source>
      <translation>No se ha podido leer la lista de personas con quienes hablar. Tu libro está a salvo. Si instalas Memory Book de nuevo, la lista vuelve. Si estás en peligro, llama al número de emergencias.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="171" />
      <source>There is no room left there, and nothing was saved. Please choose another place.</source>
      <translation>Allí no queda espacio y no se ha guardado nada. Elige otro lugar.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="172" />
      <source>The page could not be made this time. Please try once more.</source>
      <translation>Esta vez no se ha podido preparar la página. Inténtalo otra vez.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="173" />
      <source>The PDF could not be saved there. No part of it was left behind. Please choose another place.</source>
      <translation>No se ha podido guardar el PDF allí. No ha quedado ninguna parte de él. Elige otro lugar.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="183" />
      <source>Welsh</source>
      <translation>galés</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="184" />
      <source>German</source>
      <translation>alemán</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="185" />
      <source>English</source>
      <translation>inglés</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="186" />
      <source>Spanish</source>
      <translation>español</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="187" />
      <source>French</source>
      <translation>francés</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="188" />
      <source>Hindi</source>
      <translation>hindi</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="189" />
      <source>Italian</source>
      <translation>italiano</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="190" />
      <source>Japanese</source>
      <translation>japonés</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="191" />
      <source>Māori</source>
      <translation>maorí</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="192" />
      <source>Dutch</source>
      <translation>neerlandés</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="193" />
      <source>Portuguese</source>
      <translation>portugués</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="199" />
      <source>This is well confirmed.</source>
      <translation>Está bien confirmado.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="200" />
      <source>Few sources confirm this.</source>
      <translation>Pocas fuentes lo confirman.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="201" />
      <source>This is not certain.</source>
      <translation>No se sabe con certeza.</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="215" />
      <source>{hours}, {clock} (may have changed)</source>
      <translation>{hours}, {clock} (puede haber cambiado)</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="217" />
      <source>{hours} (may have changed)</source>
      <translation>{hours} (puede haber cambiado)</translation>
    </message>
    <message>
      <location filename="ui/support/wording.py" line="225" />
      <source>in {languages}</source>
      <translation>en {languages}</translation>
    </message>
  </context>
</TS>
