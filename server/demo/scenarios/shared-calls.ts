import type { ActiveSpan } from '../core/active-span'
import { grpc, redis, sql } from '../core/calls'
import type { Product } from '../shop/content'

/** Calls that several pages make. */

const RATES: Readonly<Record<string, number>> = {
  EUR: 1,
  USD: 1.09,
  GBP: 0.84,
  SEK: 11.2,
  CHF: 0.94,
  CAD: 1.52,
  SGD: 1.41,
  JPY: 169.3,
  AUD: 1.66,
}

export function convert(from: ActiveSpan, cents: number, to: string): void {
  grpc(from, 'currency', 'shop.CurrencyService', 'Convert', (span) => {
    span.set({
      'currency.from': 'EUR',
      'currency.to': to,
      'currency.rate': RATES[to] ?? 1,
      'currency.amount': cents / 100,
    })
    span.spend(0.8)
    if (span.random.chance(0.35)) {
      span.debug(`converted ${(cents / 100).toFixed(2)} EUR to ${to} at ${RATES[to] ?? 1}`, {
        feed: 'ecb-daily',
      })
    }
  })
}

export function listProducts(from: ActiveSpan, category: string, count: number): void {
  grpc(from, 'catalogue', 'shop.CatalogueService', 'ListProducts', (span) => {
    const { random } = span
    span.set({ 'shop.category': category, 'shop.page.size': count })
    const hit = random.chance(0.62)
    redis(span, 'GET', `catalogue:list:${category}`)
    span.set({ 'cache.hit': hit })
    if (!hit) {
      // Now and then the planner picks the wrong index, and the page waits for a sequential scan.
      const slow = random.chance(0.03)
      const query = sql(
        span,
        {
          operation: 'SELECT',
          table: 'products',
          text: 'SELECT id, name, price_cents, stock FROM products WHERE category = $1 AND active ORDER BY popularity DESC LIMIT $2',
          ms: slow ? 1650 : 7,
          rows: count,
        },
        (db) => {
          if (slow)
            db.event('db.slow_query', {
              'db.plan': 'Seq Scan on products',
              'db.rows.examined': random.int(180_000, 240_000),
            })
        },
      )
      if (slow) {
        span.warn(`slow query: ${Math.round(query.nowMs - query.startMs)} ms for ListProducts(${category})`, {
          'db.collection.name': 'products',
          'code.function.name': 'com.example.shop.catalogue.ProductRepository.findByCategory',
        })
      }
      redis(span, 'SETEX', `catalogue:list:${category} 300 <${count * 214} bytes>`)
    } else {
      span.debug(`cache hit catalogue:list:${category}`)
    }
    span.spend(1.2)
    if (random.chance(0.0025)) poolExhausted(span)
  })
}

export function getProduct(from: ActiveSpan, product: Product): void {
  grpc(from, 'catalogue', 'shop.CatalogueService', 'GetProduct', (span) => {
    span.set({ 'shop.product.id': product.id, 'shop.product.name': product.name })
    sql(span, {
      operation: 'SELECT',
      table: 'products',
      text: 'SELECT id, name, description, price_cents, stock FROM products WHERE id = $1',
      ms: 2.4,
      rows: 1,
    })
    span.spend(0.7)
    span.debug(`GetProduct ${product.id} (${product.name})`, {
      'shop.product.id': product.id,
      'thread.name': `grpc-default-executor-${span.random.int(1, 24)}`,
    })
  })
}

function poolExhausted(span: ActiveSpan): void {
  const message =
    'HikariPool-1 - Connection is not available, request timed out after 3000ms (total=20, active=20, idle=0, waiting=14)'
  span.spend(3000, 0.004)
  span.error(message, { 'thread.name': `grpc-default-executor-${span.random.int(1, 24)}` })
  span.throw(
    {
      type: 'java.sql.SQLTransientConnectionException',
      message,
      frames: [
        'com.zaxxer.hikari.pool.HikariPool.createTimeoutException HikariPool.java:686',
        'com.zaxxer.hikari.pool.HikariPool.getConnection HikariPool.java:186',
        'org.springframework.jdbc.datasource.DataSourceUtils.fetchConnection DataSourceUtils.java:160',
        'org.springframework.jdbc.core.JdbcTemplate.query JdbcTemplate.java:720',
        'com.example.shop.catalogue.ProductRepository.findByCategory ProductRepository.java:88',
        'com.example.shop.catalogue.CatalogueGrpcService.listProducts CatalogueGrpcService.java:54',
      ],
    },
    'connection pool exhausted',
  )
}

export function recommend(from: ActiveSpan, product: string, count: number): boolean {
  return grpc(from, 'recommendation', 'shop.RecommendationService', 'ListRecommendations', (span) => {
    const { random } = span
    span.set({ 'shop.product.id': product, 'recommendation.count': count })
    redis(span, 'MGET', Array.from({ length: Math.min(count, 5) }, (_, i) => `emb:${product}:${i}`).join(' '))
    span.child('candidates.load', { attributes: { 'recommendation.strategy': 'co-purchase' } }, (load) => {
      sql(load, {
        operation: 'SELECT',
        table: 'co_purchases',
        text: 'SELECT other_id, score FROM co_purchases WHERE product_id = %s ORDER BY score DESC LIMIT 200',
        ms: 5,
        rows: random.int(40, 200),
      })
      load.spend(0.8)
    })
    const timedOut = random.chance(0.006)
    span.child(
      'rank',
      { attributes: { 'ml.model.name': 'ranker-xgb-14', 'ml.candidates': random.int(40, 200) } },
      (rank) => {
        rank.spend(timedOut ? 900 : 16, timedOut ? 0.05 : 0.5)
        if (timedOut) {
          rank.throw({
            type: 'asyncio.TimeoutError',
            message: 'ranker-xgb-14 did not answer within 0.9 s',
            frames: [
              'wait_for /usr/local/lib/python3.13/asyncio/tasks.py:507',
              '_score_batch /app/recommendation/ranker.py:142',
              'rank /app/recommendation/ranker.py:97',
              'list_recommendations /app/recommendation/service.py:61',
            ],
            cause: {
              type: 'asyncio.exceptions.CancelledError',
              message: '',
              frames: ['_run_inference /app/recommendation/model_client.py:58'],
            },
          })
        }
      },
    )
    if (timedOut) {
      span.warn('ranker timed out, falling back to popular products', {
        product_id: product,
        fallback: 'popular',
      })
      redis(span, 'ZREVRANGE', 'popular:eu 0 9')
    } else if (random.chance(0.75)) {
      span.info('recommendations served', { product_id: product, count, model: 'ranker-xgb-14' })
    }
    span.spend(0.8)
  })
}
