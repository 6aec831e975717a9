/**
 * Which names SQL from people may not use. Compared in lower case. The engine's role is the second wall:
 * a viewer has no grants on sources, so what is missing here fails there, except scalar functions.
 */

/** Scalar functions that read files, load libraries, reach the network, write, wait, or tell secrets. */
const FORBIDDEN_FUNCTIONS = new Set(
  [
    'file',
    'catboostEvaluate',
    'evalMLMethod',
    'naiveBayesClassifier',
    'naiveBayesClassifierWithAllProbs',
    'naiveBayesClassifierWithProb',
    'addressToLine',
    'addressToLineWithInlines',
    'addressToSymbol',
    'demangle',
    'sleep',
    'sleepEachRow',
    'getMacro',
    'getServerPort',
    'tcpPort',
    'getServerSetting',
    'getMergeTreeSetting',
    'getClientHTTPHeader',
    'globalVariable',
    'showCertificate',
    'generateSerialID',
    'logTrace',
    'chdb',
    'zookeeperSessionUptime',
    'filesystemAvailable',
    'filesystemCapacity',
    'filesystemUnreserved',
    'serverUUID',
    'hasThreadFuzzer',
    'joinGet',
    // On older servers these take a host and ask there.
    'hasColumnInTable',
    'reverseDNSQuery',
    // Quadratic without any bound, and nothing can interrupt them: one call takes a core for hours.
    'arrayLevenshteinDistance',
    'arrayLevenshteinDistanceWeighted',
    'arraySimilarity',
    'joinGetOrNull',
  ].map((name) => name.toLowerCase()),
)
const FORBIDDEN_FAMILIES =
  /^(ai(classify|embed|extract|generate|translate)|dict(get|has|isin)|region(hierarchy|in|to))/

/** Table functions that make rows out of nothing but their arguments. */
const ALLOWED_TABLE_FUNCTIONS = new Set([
  'numbers',
  'numbers_mt',
  'zeros',
  'zeros_mt',
  'primes',
  'null',
  'values',
  'sqlstandardvalues',
  'generateseries',
  'generate_series',
  'generaterandom',
  'view',
])

/** The others that ClickHouse 26 has; as a call they are refused wherever they stand. */
const OTHER_TABLE_FUNCTIONS = new Set(
  `arrowstream cluster clusterallreplicas dictionary eval executable filecluster filesystem fuzzjson hudi
  hudicluster input jdbc loop merge mergetreeanalyzeindexes mergetreeanalyzeindexesuuid mergetreeindex
  mergetreeprojection mergetreetextindex mongodb mysql odbc postgresql prometheusquery prometheusqueryrange
  redis remote remotesecure sqlite timeseriesdata timeseriesmetrics timeseriessamples timeseriesselector
  timeseriestags url urlcluster viewexplain viewifpermitted ytsaurus cosn gcs oss`.split(/\s+/),
)
const SOURCE_FAMILIES = /^(s3|hdfs|azureblobstorage|iceberg|deltalake|paimon)(cluster|azure|s3|hdfs|local)*$/

/** Tables of `system` that tell about the data and the language, not about people or the machine. */
const ALLOWED_SYSTEM_TABLES = new Set([
  'one',
  'numbers',
  'numbers_mt',
  'zeros',
  'zeros_mt',
  'tables',
  'columns',
  'databases',
  'functions',
  'formats',
  'data_type_families',
  'time_zones',
  'aggregate_function_combinators',
  'parts',
  'parts_columns',
])

export function isForbiddenFunction(name: string): boolean {
  const lower = name.toLowerCase()
  return FORBIDDEN_FUNCTIONS.has(lower) || FORBIDDEN_FAMILIES.test(lower)
}

export function isSourceFunction(name: string): boolean {
  const lower = name.toLowerCase()
  return OTHER_TABLE_FUNCTIONS.has(lower) || SOURCE_FAMILIES.test(lower)
}

export function isAllowedTableFunction(name: string): boolean {
  return ALLOWED_TABLE_FUNCTIONS.has(name.toLowerCase())
}

export function isAllowedSystemTable(name: string): boolean {
  return ALLOWED_SYSTEM_TABLES.has(name.toLowerCase())
}
