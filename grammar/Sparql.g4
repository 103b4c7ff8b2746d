// SPARQL 1.1 Query and Update, in the order of the recommendation's grammar (SPARQL 1.1 Query §19.8),
// with its production numbers. https://www.w3.org/TR/sparql11-query/#sparqlGrammar
//
// Differences from the text there, none of which changes the language:
//   - repetition that the recommendation writes as right recursion (triplesBlock, triplesTemplate,
//     constructTriples, quadsNotTriples) is written as iteration, so that long texts don't nest;
//   - keywords are case-insensitive through one-letter fragments, since this ANTLR has no option
//     for it;
//   - production 9 has one alternative more, marked below, which parsing refuses when strict;
//   - production 56 has one more as well, LATERAL, an extension, refused likewise.
// Codepoint escapes (§19.2) are resolved before the lexer reads.
grammar Sparql;

// [1]
queryUnit : query EOF ;
// [2]
query : prologue ( selectQuery | constructQuery | describeQuery | askQuery ) valuesClause ;
// [3]
updateUnit : update EOF ;
// [4]
prologue : ( baseDecl | prefixDecl )* ;
// [5]
baseDecl : BASE IRIREF ;
// [6]
prefixDecl : PREFIX PNAME_NS IRIREF ;
// [7]
selectQuery : selectClause datasetClause* whereClause solutionModifier ;
// [8]
subSelect : selectClause whereClause solutionModifier valuesClause ;
// [9]
selectClause : SELECT ( DISTINCT | REDUCED )? ( selectItem+ | '*' ) ;
selectItem
  : var
  | '(' expression AS var ')'
  | aggregate ( AS var )?                     // lenient: the recommendation wants parentheses
  ;
// [10]
constructQuery
  : CONSTRUCT ( constructTemplate datasetClause* whereClause solutionModifier
              | datasetClause* WHERE '{' triplesTemplate? '}' solutionModifier ) ;
// [11]
describeQuery : DESCRIBE ( varOrIri+ | '*' ) datasetClause* whereClause? solutionModifier ;
// [12]
askQuery : ASK datasetClause* whereClause solutionModifier ;
// [13]
datasetClause : FROM ( defaultGraphClause | namedGraphClause ) ;
// [14]
defaultGraphClause : sourceSelector ;
// [15]
namedGraphClause : NAMED sourceSelector ;
// [16]
sourceSelector : iri ;
// [17]
whereClause : WHERE? groupGraphPattern ;
// [18]
solutionModifier : groupClause? havingClause? orderClause? limitOffsetClauses? ;
// [19]
groupClause : GROUP BY groupCondition+ ;
// [20]
groupCondition : builtInCall | functionCall | '(' expression ( AS var )? ')' | var ;
// [21]
havingClause : HAVING havingCondition+ ;
// [22]
havingCondition : constraint ;
// [23]
orderClause : ORDER BY orderCondition+ ;
// [24]
orderCondition : ( ASC | DESC ) brackettedExpression | constraint | var ;
// [25]
limitOffsetClauses : limitClause offsetClause? | offsetClause limitClause? ;
// [26]
limitClause : LIMIT INTEGER ;
// [27]
offsetClause : OFFSET INTEGER ;
// [28]
valuesClause : ( VALUES dataBlock )? ;
// [29]
update : prologue ( update1 ( ';' prologue update1 )* ( ';' prologue )? )? ;
// [30]
update1
  : load | clear | drop | add | move | copy | create | insertData | deleteData | deleteWhere
  | modify ;
// [31]
load : LOAD SILENT? iri ( INTO graphRef )? ;
// [32]
clear : CLEAR SILENT? graphRefAll ;
// [33]
drop : DROP SILENT? graphRefAll ;
// [34]
create : CREATE SILENT? graphRef ;
// [35]
add : ADD SILENT? graphOrDefault TO graphOrDefault ;
// [36]
move : MOVE SILENT? graphOrDefault TO graphOrDefault ;
// [37]
copy : COPY SILENT? graphOrDefault TO graphOrDefault ;
// [38]
insertData : INSERT DATA quadData ;
// [39]
deleteData : DELETE DATA quadData ;
// [40]
deleteWhere : DELETE WHERE quadPattern ;
// [41]
modify : ( WITH iri )? ( deleteClause insertClause? | insertClause ) usingClause* WHERE
         groupGraphPattern ;
// [42]
deleteClause : DELETE quadPattern ;
// [43]
insertClause : INSERT quadPattern ;
// [44]
usingClause : USING ( iri | NAMED iri ) ;
// [45]
graphOrDefault : DEFAULT | GRAPH? iri ;
// [46]
graphRef : GRAPH iri ;
// [47]
graphRefAll : graphRef | DEFAULT | NAMED | ALL ;
// [48]
quadPattern : '{' quads '}' ;
// [49]
quadData : '{' quads '}' ;
// [50]
quads : triplesTemplate? ( quadsNotTriples '.'? triplesTemplate? )* ;
// [51]
quadsNotTriples : GRAPH varOrIri '{' triplesTemplate? '}' ;
// [52]
triplesTemplate : triplesSameSubject ( '.' triplesSameSubject )* '.'? ;
// [53]
groupGraphPattern : '{' ( subSelect | groupGraphPatternSub ) '}' ;
// [54]
groupGraphPatternSub : triplesBlock? ( graphPatternNotTriples '.'? triplesBlock? )* ;
// [55]
triplesBlock : triplesSameSubjectPath ( '.' triplesSameSubjectPath )* '.'? ;
// [56]
graphPatternNotTriples
  : groupOrUnionGraphPattern | optionalGraphPattern | minusGraphPattern | graphGraphPattern
  | serviceGraphPattern | filter | bind | inlineData
  | lateralGraphPattern ;                     // an extension (SEP-0006)
lateralGraphPattern : LATERAL groupGraphPattern ;
// [57]
optionalGraphPattern : OPTIONAL groupGraphPattern ;
// [58]
graphGraphPattern : GRAPH varOrIri groupGraphPattern ;
// [59]
serviceGraphPattern : SERVICE SILENT? varOrIri groupGraphPattern ;
// [60]
bind : BIND '(' expression AS var ')' ;
// [61]
inlineData : VALUES dataBlock ;
// [62]
dataBlock : inlineDataOneVar | inlineDataFull ;
// [63]
inlineDataOneVar : var '{' dataBlockValue* '}' ;
// [64]
inlineDataFull : ( NIL | '(' var* ')' ) '{' dataBlockRow* '}' ;
dataBlockRow : '(' dataBlockValue* ')' | NIL ;
// [65]
dataBlockValue : iri | rdfLiteral | numericLiteral | booleanLiteral | UNDEF ;
// [66]
minusGraphPattern : MINUS groupGraphPattern ;
// [67]
groupOrUnionGraphPattern : groupGraphPattern ( UNION groupGraphPattern )* ;
// [68]
filter : FILTER constraint ;
// [69]
constraint : brackettedExpression | builtInCall | functionCall ;
// [70]
functionCall : iri argList ;
// [71]
argList : NIL | '(' DISTINCT? expression ( ',' expression )* ')' ;
// [72]
expressionList : NIL | '(' expression ( ',' expression )* ')' ;
// [73]
constructTemplate : '{' constructTriples? '}' ;
// [74]
constructTriples : triplesSameSubject ( '.' triplesSameSubject )* '.'? ;
// [75]
triplesSameSubject : varOrTerm propertyListNotEmpty | triplesNode propertyList ;
// [76]
propertyList : propertyListNotEmpty? ;
// [77]
propertyListNotEmpty : verb objectList ( ';' ( verb objectList )? )* ;
// [78]
verb : varOrIri | A ;
// [79]
objectList : object ( ',' object )* ;
// [80]
object : graphNode ;
// [81]
triplesSameSubjectPath
  : varOrTerm propertyListPathNotEmpty | triplesNodePath propertyListPath ;
// [82]
propertyListPath : propertyListPathNotEmpty? ;
// [83], its second part apart: there objects may be collections of paths as well
propertyListPathNotEmpty : verbObjectsPath ( ';' verbObjectsPath? )* ;
verbObjectsPath : ( verbPath | verbSimple ) objectListPath ;
// [84]
verbPath : path ;
// [85]
verbSimple : var ;
// [86]
objectListPath : objectPath ( ',' objectPath )* ;
// [87]
objectPath : graphNodePath ;
// [88]
path : pathAlternative ;
// [89]
pathAlternative : pathSequence ( '|' pathSequence )* ;
// [90]
pathSequence : pathEltOrInverse ( '/' pathEltOrInverse )* ;
// [91]
pathElt : pathPrimary pathMod? ;
// [92]
pathEltOrInverse : pathElt | '^' pathElt ;
// [93]
pathMod : '?' | '*' | '+' ;
// [94]
pathPrimary : iri | A | '!' pathNegatedPropertySet | '(' path ')' ;
// [95]
pathNegatedPropertySet
  : pathOneInPropertySet
  | '(' ( pathOneInPropertySet ( '|' pathOneInPropertySet )* )? ')'
  | NIL ;
// [96]
pathOneInPropertySet : iri | A | '^' ( iri | A ) ;
// [98]
triplesNode : collection | blankNodePropertyList ;
// [99]
blankNodePropertyList : '[' propertyListNotEmpty ']' ;
// [100]
triplesNodePath : collectionPath | blankNodePropertyListPath ;
// [101]
blankNodePropertyListPath : '[' propertyListPathNotEmpty ']' ;
// [102]
collection : '(' graphNode+ ')' ;
// [103]
collectionPath : '(' graphNodePath+ ')' ;
// [104]
graphNode : varOrTerm | triplesNode ;
// [105]
graphNodePath : varOrTerm | triplesNodePath ;
// [106]
varOrTerm : var | graphTerm ;
// [107]
varOrIri : var | iri ;
// [108]
var : VAR1 | VAR2 ;
// [109]
graphTerm : iri | rdfLiteral | numericLiteral | booleanLiteral | blankNode | NIL ;
// [110]
expression : conditionalOrExpression ;
// [111]
conditionalOrExpression : conditionalAndExpression ( '||' conditionalAndExpression )* ;
// [112]
conditionalAndExpression : valueLogical ( '&&' valueLogical )* ;
// [113]
valueLogical : relationalExpression ;
// [114]
relationalExpression
  : numericExpression
    ( comparison=( '=' | '!=' | '<' | '>' | '<=' | '>=' ) numericExpression
    | IN expressionList
    | NOT IN expressionList )? ;
// [115]
numericExpression : additiveExpression ;
// [116]
additiveExpression : multiplicativeExpression additiveStep* ;
additiveStep
  : op=( '+' | '-' ) multiplicativeExpression
  | ( numericLiteralPositive | numericLiteralNegative ) multiplicativeStep* ;
// [117]
multiplicativeExpression : unaryExpression multiplicativeStep* ;
multiplicativeStep : op=( '*' | '/' ) unaryExpression ;
// [118]
unaryExpression : op=( '!' | '+' | '-' )? primaryExpression ;
// [119]
primaryExpression
  : brackettedExpression | builtInCall | iriOrFunction | rdfLiteral | numericLiteral
  | booleanLiteral | var ;
// [120]
brackettedExpression : '(' expression ')' ;
// [121]
builtInCall
  : aggregate
  | regexExpression
  | existsFunc
  | notExistsFunc
  | name=BOUND '(' var ')'
  | name=BNODE ( '(' expression ')' | NIL )
  | name=( RAND | NOW | UUID | STRUUID ) NIL
  | name=( COALESCE | CONCAT ) expressionList
  | name=( SUBSTR | REPLACE | IF | STR | LANG | LANGMATCHES | DATATYPE | IRI | URI | ABS | CEIL
         | FLOOR | ROUND | STRLEN | UCASE | LCASE | ENCODE_FOR_URI | CONTAINS | STRSTARTS | STRENDS
         | STRBEFORE | STRAFTER | YEAR | MONTH | DAY | HOURS | MINUTES | SECONDS | TIMEZONE | TZ
         | MD5 | SHA1 | SHA256 | SHA384 | SHA512 | STRLANG | STRDT | SAMETERM | ISIRI | ISURI
         | ISBLANK | ISLITERAL | ISNUMERIC )
    '(' expression ( ',' expression )* ')' ;      // [121], [123], [124]: arity is checked after parsing
// [122]
regexExpression : REGEX '(' expression ',' expression ( ',' expression )? ')' ;
// [125]
existsFunc : EXISTS groupGraphPattern ;
// [126]
notExistsFunc : NOT EXISTS groupGraphPattern ;
// [127]
aggregate
  : name=COUNT '(' DISTINCT? ( '*' | expression ) ')'
  | name=( SUM | MIN | MAX | AVG | SAMPLE ) '(' DISTINCT? expression ')'
  | name=GROUP_CONCAT '(' DISTINCT? expression ( ';' SEPARATOR '=' string )? ')' ;
// [128]
iriOrFunction : iri argList? ;
// [129]
rdfLiteral : string ( LANGTAG | '^^' iri )? ;
// [130]
numericLiteral : numericLiteralUnsigned | numericLiteralPositive | numericLiteralNegative ;
// [131]
numericLiteralUnsigned : INTEGER | DECIMAL | DOUBLE ;
// [132]
numericLiteralPositive : INTEGER_POSITIVE | DECIMAL_POSITIVE | DOUBLE_POSITIVE ;
// [133]
numericLiteralNegative : INTEGER_NEGATIVE | DECIMAL_NEGATIVE | DOUBLE_NEGATIVE ;
// [134]
booleanLiteral : TRUE | FALSE ;
// [135]
string : STRING_LITERAL1 | STRING_LITERAL2 | STRING_LITERAL_LONG1 | STRING_LITERAL_LONG2 ;
// [136]
iri : IRIREF | prefixedName ;
// [137]
prefixedName : PNAME_LN | PNAME_NS ;
// [138]
blankNode : BLANK_NODE_LABEL | ANON ;

// ---- Keywords, in alphabetical order ----

A : 'a' ;
ABS : [aA] [bB] [sS] ;
ADD : [aA] [dD] [dD] ;
ALL : [aA] [lL] [lL] ;
AS : [aA] [sS] ;
ASC : [aA] [sS] [cC] ;
ASK : [aA] [sS] [kK] ;
AVG : [aA] [vV] [gG] ;
BASE : [bB] [aA] [sS] [eE] ;
BIND : [bB] [iI] [nN] [dD] ;
BNODE : [bB] [nN] [oO] [dD] [eE] ;
BOUND : [bB] [oO] [uU] [nN] [dD] ;
BY : [bB] [yY] ;
CEIL : [cC] [eE] [iI] [lL] ;
CLEAR : [cC] [lL] [eE] [aA] [rR] ;
COALESCE : [cC] [oO] [aA] [lL] [eE] [sS] [cC] [eE] ;
CONCAT : [cC] [oO] [nN] [cC] [aA] [tT] ;
CONSTRUCT : [cC] [oO] [nN] [sS] [tT] [rR] [uU] [cC] [tT] ;
CONTAINS : [cC] [oO] [nN] [tT] [aA] [iI] [nN] [sS] ;
COPY : [cC] [oO] [pP] [yY] ;
COUNT : [cC] [oO] [uU] [nN] [tT] ;
CREATE : [cC] [rR] [eE] [aA] [tT] [eE] ;
DATA : [dD] [aA] [tT] [aA] ;
DATATYPE : [dD] [aA] [tT] [aA] [tT] [yY] [pP] [eE] ;
DAY : [dD] [aA] [yY] ;
DEFAULT : [dD] [eE] [fF] [aA] [uU] [lL] [tT] ;
DELETE : [dD] [eE] [lL] [eE] [tT] [eE] ;
DESC : [dD] [eE] [sS] [cC] ;
DESCRIBE : [dD] [eE] [sS] [cC] [rR] [iI] [bB] [eE] ;
DISTINCT : [dD] [iI] [sS] [tT] [iI] [nN] [cC] [tT] ;
DROP : [dD] [rR] [oO] [pP] ;
ENCODE_FOR_URI : [eE] [nN] [cC] [oO] [dD] [eE] '_' [fF] [oO] [rR] '_' [uU] [rR] [iI] ;
EXISTS : [eE] [xX] [iI] [sS] [tT] [sS] ;
FALSE : [fF] [aA] [lL] [sS] [eE] ;
FILTER : [fF] [iI] [lL] [tT] [eE] [rR] ;
FLOOR : [fF] [lL] [oO] [oO] [rR] ;
FROM : [fF] [rR] [oO] [mM] ;
GRAPH : [gG] [rR] [aA] [pP] [hH] ;
GROUP : [gG] [rR] [oO] [uU] [pP] ;
GROUP_CONCAT : [gG] [rR] [oO] [uU] [pP] '_' [cC] [oO] [nN] [cC] [aA] [tT] ;
HAVING : [hH] [aA] [vV] [iI] [nN] [gG] ;
HOURS : [hH] [oO] [uU] [rR] [sS] ;
IF : [iI] [fF] ;
IN : [iI] [nN] ;
INSERT : [iI] [nN] [sS] [eE] [rR] [tT] ;
INTO : [iI] [nN] [tT] [oO] ;
IRI : [iI] [rR] [iI] ;
ISBLANK : [iI] [sS] [bB] [lL] [aA] [nN] [kK] ;
ISIRI : [iI] [sS] [iI] [rR] [iI] ;
ISLITERAL : [iI] [sS] [lL] [iI] [tT] [eE] [rR] [aA] [lL] ;
ISNUMERIC : [iI] [sS] [nN] [uU] [mM] [eE] [rR] [iI] [cC] ;
ISURI : [iI] [sS] [uU] [rR] [iI] ;
LANG : [lL] [aA] [nN] [gG] ;
LANGMATCHES : [lL] [aA] [nN] [gG] [mM] [aA] [tT] [cC] [hH] [eE] [sS] ;
LATERAL : [lL] [aA] [tT] [eE] [rR] [aA] [lL] ;
LCASE : [lL] [cC] [aA] [sS] [eE] ;
LIMIT : [lL] [iI] [mM] [iI] [tT] ;
LOAD : [lL] [oO] [aA] [dD] ;
MAX : [mM] [aA] [xX] ;
MD5 : [mM] [dD] '5' ;
MIN : [mM] [iI] [nN] ;
MINUS : [mM] [iI] [nN] [uU] [sS] ;
MINUTES : [mM] [iI] [nN] [uU] [tT] [eE] [sS] ;
MONTH : [mM] [oO] [nN] [tT] [hH] ;
MOVE : [mM] [oO] [vV] [eE] ;
NAMED : [nN] [aA] [mM] [eE] [dD] ;
NOT : [nN] [oO] [tT] ;
NOW : [nN] [oO] [wW] ;
OFFSET : [oO] [fF] [fF] [sS] [eE] [tT] ;
OPTIONAL : [oO] [pP] [tT] [iI] [oO] [nN] [aA] [lL] ;
ORDER : [oO] [rR] [dD] [eE] [rR] ;
PREFIX : [pP] [rR] [eE] [fF] [iI] [xX] ;
RAND : [rR] [aA] [nN] [dD] ;
REDUCED : [rR] [eE] [dD] [uU] [cC] [eE] [dD] ;
REGEX : [rR] [eE] [gG] [eE] [xX] ;
REPLACE : [rR] [eE] [pP] [lL] [aA] [cC] [eE] ;
ROUND : [rR] [oO] [uU] [nN] [dD] ;
SAMETERM : [sS] [aA] [mM] [eE] [tT] [eE] [rR] [mM] ;
SAMPLE : [sS] [aA] [mM] [pP] [lL] [eE] ;
SECONDS : [sS] [eE] [cC] [oO] [nN] [dD] [sS] ;
SELECT : [sS] [eE] [lL] [eE] [cC] [tT] ;
SEPARATOR : [sS] [eE] [pP] [aA] [rR] [aA] [tT] [oO] [rR] ;
SERVICE : [sS] [eE] [rR] [vV] [iI] [cC] [eE] ;
SHA1 : [sS] [hH] [aA] '1' ;
SHA256 : [sS] [hH] [aA] '256' ;
SHA384 : [sS] [hH] [aA] '384' ;
SHA512 : [sS] [hH] [aA] '512' ;
SILENT : [sS] [iI] [lL] [eE] [nN] [tT] ;
STR : [sS] [tT] [rR] ;
STRAFTER : [sS] [tT] [rR] [aA] [fF] [tT] [eE] [rR] ;
STRBEFORE : [sS] [tT] [rR] [bB] [eE] [fF] [oO] [rR] [eE] ;
STRDT : [sS] [tT] [rR] [dD] [tT] ;
STRENDS : [sS] [tT] [rR] [eE] [nN] [dD] [sS] ;
STRLANG : [sS] [tT] [rR] [lL] [aA] [nN] [gG] ;
STRLEN : [sS] [tT] [rR] [lL] [eE] [nN] ;
STRSTARTS : [sS] [tT] [rR] [sS] [tT] [aA] [rR] [tT] [sS] ;
STRUUID : [sS] [tT] [rR] [uU] [uU] [iI] [dD] ;
SUBSTR : [sS] [uU] [bB] [sS] [tT] [rR] ;
SUM : [sS] [uU] [mM] ;
TIMEZONE : [tT] [iI] [mM] [eE] [zZ] [oO] [nN] [eE] ;
TO : [tT] [oO] ;
TRUE : [tT] [rR] [uU] [eE] ;
TZ : [tT] [zZ] ;
UCASE : [uU] [cC] [aA] [sS] [eE] ;
UNDEF : [uU] [nN] [dD] [eE] [fF] ;
UNION : [uU] [nN] [iI] [oO] [nN] ;
URI : [uU] [rR] [iI] ;
USING : [uU] [sS] [iI] [nN] [gG] ;
UUID : [uU] [uU] [iI] [dD] ;
VALUES : [vV] [aA] [lL] [uU] [eE] [sS] ;
WHERE : [wW] [hH] [eE] [rR] [eE] ;
WITH : [wW] [iI] [tT] [hH] ;
YEAR : [yY] [eE] [aA] [rR] ;

// ---- Terminals ----

// [139]
IRIREF : '<' ~[<>"{}|^`\\\u0000-\u0020]* '>' ;
// [140]
PNAME_NS : PN_PREFIX? ':' ;
// [141]
PNAME_LN : PNAME_NS PN_LOCAL ;
// [142]
BLANK_NODE_LABEL : '_:' ( PN_CHARS_U | [0-9] ) ( ( PN_CHARS | '.' )* PN_CHARS )? ;
// [143]
VAR1 : '?' VARNAME ;
// [144]
VAR2 : '$' VARNAME ;
// [145]
LANGTAG : '@' [a-zA-Z]+ ( '-' [a-zA-Z0-9]+ )* ;
// [146]
INTEGER : [0-9]+ ;
// [147]
DECIMAL : [0-9]* '.' [0-9]+ ;
// [148]
DOUBLE : [0-9]+ '.' [0-9]* EXPONENT | '.' [0-9]+ EXPONENT | [0-9]+ EXPONENT ;
// [149]
INTEGER_POSITIVE : '+' INTEGER ;
// [150]
DECIMAL_POSITIVE : '+' DECIMAL ;
// [151]
DOUBLE_POSITIVE : '+' DOUBLE ;
// [152]
INTEGER_NEGATIVE : '-' INTEGER ;
// [153]
DECIMAL_NEGATIVE : '-' DECIMAL ;
// [154]
DOUBLE_NEGATIVE : '-' DOUBLE ;
// [155]
fragment EXPONENT : [eE] [+-]? [0-9]+ ;
// [158], [159] before [156], [157]: the longest match wins, and of equals the first
STRING_LITERAL_LONG1 : '\'\'\'' ( ( '\'' | '\'\'' )? ( ~['\\] | ECHAR ) )* '\'\'\'' ;
STRING_LITERAL_LONG2 : '"""' ( ( '"' | '""' )? ( ~["\\] | ECHAR ) )* '"""' ;
// [156]
STRING_LITERAL1 : '\'' ( ~['\\\n\r] | ECHAR )* '\'' ;
// [157]
STRING_LITERAL2 : '"' ( ~["\\\n\r] | ECHAR )* '"' ;
// [160]
fragment ECHAR : '\\' [tbnrf\\"'] ;
// [161]
NIL : '(' ( WS | COMMENT )* ')' ;
// [162]
fragment WS : [ \t\r\n] ;
// [163]
ANON : '[' ( WS | COMMENT )* ']' ;
// [164]
fragment PN_CHARS_BASE
  : [A-Z] | [a-z] | [\u00C0-\u00D6] | [\u00D8-\u00F6] | [\u00F8-\u02FF] | [\u0370-\u037D]
  | [\u037F-\u1FFF] | [\u200C-\u200D] | [\u2070-\u218F] | [\u2C00-\u2FEF] | [\u3001-\uD7FF]
  | [\uF900-\uFDCF] | [\uFDF0-\uFFFD] | [\u{10000}-\u{EFFFF}] ;
// [165]
fragment PN_CHARS_U : PN_CHARS_BASE | '_' ;
// [166]
fragment VARNAME
  : ( PN_CHARS_U | [0-9] )
    ( PN_CHARS_U | [0-9] | '\u00B7' | [\u0300-\u036F] | [\u203F-\u2040] )* ;
// [167]
fragment PN_CHARS
  : PN_CHARS_U | '-' | [0-9] | '\u00B7' | [\u0300-\u036F] | [\u203F-\u2040] ;
// [168]
fragment PN_PREFIX : PN_CHARS_BASE ( ( PN_CHARS | '.' )* PN_CHARS )? ;
// [169]
fragment PN_LOCAL
  : ( PN_CHARS_U | ':' | [0-9] | PLX ) ( ( PN_CHARS | '.' | ':' | PLX )* ( PN_CHARS | ':' | PLX ) )? ;
// [170]
fragment PLX : PERCENT | PN_LOCAL_ESC ;
// [171]
fragment PERCENT : '%' HEX HEX ;
// [172]
fragment HEX : [0-9A-Fa-f] ;
// [173]
fragment PN_LOCAL_ESC : '\\' [_~.\-!$&'()*+,;=/?#@%] ;

SPACES : WS+ -> channel(HIDDEN) ;
COMMENT : '#' ~[\n\r]* -> channel(HIDDEN) ;
// Words that are no keywords, whole, and whatever else no token begins with: no rule takes them, so
// the parser says where they stand.
WORD : PN_CHARS_BASE PN_CHARS* ;
UNKNOWN : . ;
