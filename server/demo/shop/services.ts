import type { Scope } from '../core/otlp'

/** The shop's services, as data: language and SDK decide what resource, scopes and stack traces look like. */

export const SHOP_NAMESPACE = 'spanlight-demo'

export const REGIONS = ['eu-west-1', 'us-east-1', 'ap-southeast-1'] as const
export type Region = (typeof REGIONS)[number]

export type Language = 'nodejs' | 'go' | 'java' | 'python' | 'dotnet' | 'rust' | 'ruby'

export interface ServiceDefinition {
  readonly language: Language
  readonly version: string
  readonly port: number
  /** The service's own instrumentation scope. */
  readonly scope: Scope
  readonly replicas: number
  /** Where the log's trace id is: in its field, in attributes, in a JSON body, or nowhere. */
  readonly logIds: 'field' | 'attributes' | 'body' | 'none'
}

const define = (
  language: Language,
  version: string,
  port: number,
  scope: string,
  more: Partial<ServiceDefinition> = {},
): ServiceDefinition => ({
  language,
  version,
  port,
  scope: { name: scope, version },
  replicas: 2,
  logIds: 'field',
  ...more,
})

export const SERVICES = {
  web: define('nodejs', '5.31.0', 3000, '@shop/web', { replicas: 3 }),
  gateway: define('go', '3.8.2', 8080, 'shop/gateway', { replicas: 3 }),
  cart: define('dotnet', '1.22.4', 8081, 'Shop.Cart', { logIds: 'attributes' }),
  checkout: define('go', '4.6.1', 5050, 'shop/checkout'),
  payment: define('nodejs', '2.14.0', 8084, '@shop/payment', { replicas: 3 }),
  currency: define('rust', '0.9.3', 7001, 'currency', { logIds: 'none' }),
  catalogue: define('java', '7.2.0', 3550, 'com.example.shop.catalogue'),
  recommendation: define('python', '2.3.8', 1010, 'recommendation', { logIds: 'body' }),
  email: define('ruby', '1.9.0', 6060, 'shop-email', { logIds: 'attributes', replicas: 1 }),
  fulfilment: define('java', '3.0.5', 8090, 'com.example.shop.fulfilment'),
  assistant: define('python', '0.14.2', 8000, 'assistant.agent'),
  'tfy-llm-gateway': define('nodejs', '0.92.1', 8787, 'tfy-llm-gateway'),
  'shop-mcp': define('python', '0.4.0', 8765, 'shop_mcp.server', { replicas: 1 }),
  /** Sends logs only: what the cluster says about the others. */
  'k8s-events': define('go', '0.139.0', 0, 'otelcol/k8sobjectsreceiver', { replicas: 1, logIds: 'none' }),
} as const satisfies Record<string, ServiceDefinition>

export type ServiceName = keyof typeof SERVICES
export const SERVICE_NAMES = Object.keys(SERVICES) as ServiceName[]

interface Sdk {
  readonly version: string
  readonly runtime: readonly [name: string, version: string, description?: string]
  readonly command: string
  readonly distro?: readonly [name: string, version: string]
}

export const SDKS: Readonly<Record<Language, Sdk>> = {
  nodejs: { version: '2.2.0', runtime: ['nodejs', '22.20.0', 'Node.js'], command: 'node' },
  go: { version: '1.38.0', runtime: ['go', 'go1.25.3', 'go version go1.25.3 linux/amd64'], command: '/app' },
  java: {
    version: '1.55.0',
    runtime: ['OpenJDK Runtime Environment', '21.0.9+10-LTS', 'Eclipse Adoptium OpenJDK 64-Bit Server VM'],
    command: '/opt/java/openjdk/bin/java',
    distro: ['opentelemetry-java-instrumentation', '2.21.0'],
  },
  python: {
    version: '1.38.0',
    runtime: ['cpython', '3.13.9', '3.13.9 (main, Oct 14 2025)'],
    command: 'python',
    distro: ['opentelemetry-distro', '0.59b0'],
  },
  dotnet: { version: '1.13.1', runtime: ['.NET', '9.0.10', '.NET 9.0.10'], command: 'dotnet' },
  rust: { version: '0.31.0', runtime: ['rustc', '1.91.0'], command: '/currency' },
  ruby: { version: '1.10.0', runtime: ['ruby', '3.4.7'], command: 'ruby' },
}

/** Instrumentation libraries, named as the SDKs name them. */
export const INSTRUMENTATION: Readonly<
  Record<Language, Readonly<Record<'http' | 'grpc' | 'db' | 'redis' | 'kafka', Scope>>>
> = {
  nodejs: {
    http: { name: '@opentelemetry/instrumentation-http', version: '0.207.0' },
    grpc: { name: '@opentelemetry/instrumentation-grpc', version: '0.207.0' },
    db: { name: '@opentelemetry/instrumentation-pg', version: '0.60.0' },
    redis: { name: '@opentelemetry/instrumentation-redis', version: '0.56.0' },
    kafka: { name: '@opentelemetry/instrumentation-kafkajs', version: '0.17.0' },
  },
  go: {
    http: { name: 'go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp', version: '0.63.0' },
    grpc: {
      name: 'go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc',
      version: '0.63.0',
    },
    db: { name: 'github.com/XSAM/otelsql', version: '0.40.0' },
    redis: { name: 'github.com/redis/go-redis/extra/redisotel', version: '9.16.0' },
    kafka: { name: 'github.com/twmb/franz-go/plugin/kotel', version: '1.6.0' },
  },
  java: {
    http: { name: 'io.opentelemetry.tomcat-10.0', version: '2.21.0-alpha' },
    grpc: { name: 'io.opentelemetry.grpc-1.6', version: '2.21.0-alpha' },
    db: { name: 'io.opentelemetry.jdbc', version: '2.21.0-alpha' },
    redis: { name: 'io.opentelemetry.lettuce-5.1', version: '2.21.0-alpha' },
    kafka: { name: 'io.opentelemetry.kafka-clients-0.11', version: '2.21.0-alpha' },
  },
  python: {
    http: { name: 'opentelemetry.instrumentation.fastapi', version: '0.59b0' },
    grpc: { name: 'opentelemetry.instrumentation.grpc', version: '0.59b0' },
    db: { name: 'opentelemetry.instrumentation.psycopg', version: '0.59b0' },
    redis: { name: 'opentelemetry.instrumentation.redis', version: '0.59b0' },
    kafka: { name: 'opentelemetry.instrumentation.aiokafka', version: '0.59b0' },
  },
  dotnet: {
    http: { name: 'Microsoft.AspNetCore', version: '' },
    grpc: { name: 'OpenTelemetry.Instrumentation.GrpcNetClient', version: '1.13.0-beta.1' },
    db: { name: 'Npgsql', version: '9.0.4' },
    redis: { name: 'OpenTelemetry.Instrumentation.StackExchangeRedis', version: '1.13.0-beta.1' },
    kafka: { name: 'OpenTelemetry.Instrumentation.ConfluentKafka', version: '0.1.0-alpha.4' },
  },
  rust: {
    http: { name: 'axum-tracing-opentelemetry', version: '0.32.1' },
    grpc: { name: 'tonic', version: '0.14.2' },
    db: { name: 'sqlx-tracing', version: '0.2.0' },
    redis: { name: 'redis', version: '0.32.7' },
    kafka: { name: 'rdkafka', version: '0.38.0' },
  },
  ruby: {
    http: { name: 'OpenTelemetry::Instrumentation::Faraday', version: '0.29.0' },
    grpc: { name: 'OpenTelemetry::Instrumentation::Grpc', version: '0.3.0' },
    db: { name: 'OpenTelemetry::Instrumentation::PG', version: '0.31.0' },
    redis: { name: 'OpenTelemetry::Instrumentation::Redis', version: '0.27.0' },
    kafka: { name: 'OpenTelemetry::Instrumentation::Racecar', version: '0.5.0' },
  },
}
