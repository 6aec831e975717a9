import { publish, redis, sql } from '../core/calls'
import { Kind } from '../core/otlp'
import type { PublishedMessage, Scene } from '../core/scene'
import { CATEGORIES } from '../shop/content'
import { INSTRUMENTATION } from '../shop/services'

/** Fulfilment reads a batch of orders: a trace of its own, with a link to each order's trace. */
export function fulfilBatch(scene: Scene, messages: readonly PublishedMessage[]): void {
  const { random } = scene
  scene.root(
    'fulfilment',
    'poll order.created',
    {
      kind: Kind.Consumer,
      scope: INSTRUMENTATION.java.kafka,
      attributes: {
        'messaging.system': 'kafka',
        'messaging.destination.name': 'order.created',
        'messaging.consumer.group.name': 'fulfilment',
        'messaging.client.id': 'fulfilment-consumer-1',
        'messaging.operation.name': 'poll',
        'messaging.operation.type': 'receive',
        'messaging.batch.message_count': messages.length,
      },
    },
    (poll) => {
      for (const message of messages) poll.link(message, { 'messaging.message.id': message.messageId })
      poll.spend(1.5)
      poll.info(`received ${messages.length} records from order.created`, {
        'messaging.batch.message_count': messages.length,
      })
      for (const message of messages) {
        poll.child(
          'process order.created',
          {
            kind: Kind.Consumer,
            scope: INSTRUMENTATION.java.kafka,
            attributes: {
              'messaging.system': 'kafka',
              'messaging.destination.name': 'order.created',
              'messaging.destination.partition.id': String(random.int(0, 5)),
              'messaging.kafka.offset': random.int(4_000_000, 4_900_000),
              'messaging.operation.name': 'process',
              'messaging.operation.type': 'process',
              'messaging.message.id': message.messageId,
              'shop.order.id': message.orderId,
            },
          },
          (span) => {
            span.link(message)
            const outOfStock = random.chance(0.02)
            span.child('reserve stock', {}, (reserve) => {
              sql(reserve, {
                operation: 'UPDATE',
                table: 'stock',
                text: 'UPDATE stock SET on_hand = on_hand - ? WHERE product_id = ? AND on_hand >= ?',
                ms: 4,
                database: 'warehouse',
              })
              if (outOfStock) {
                reserve.throw(
                  {
                    type: 'com.example.shop.fulfilment.OutOfStockException',
                    message: `no stock left for order ${message.orderId}`,
                    frames: [
                      'com.example.shop.fulfilment.StockService.reserve StockService.java:73',
                      'com.example.shop.fulfilment.OrderProcessor.process OrderProcessor.java:49',
                      'com.example.shop.fulfilment.OrderListener.onMessage OrderListener.java:31',
                      'org.springframework.kafka.listener.KafkaMessageListenerContainer$ListenerConsumer.doInvokeRecordListener KafkaMessageListenerContainer.java:2891',
                    ],
                  },
                  'out of stock',
                )
              }
            })
            if (outOfStock) {
              publish(span, 'order.backordered', message.orderId)
              span.error(`order ${message.orderId} put on backorder`, { 'shop.order.id': message.orderId })
              span.fail('out of stock', 'com.example.shop.fulfilment.OutOfStockException')
              return
            }
            span.child(
              'book carrier',
              {
                kind: Kind.Client,
                attributes: {
                  'server.address': 'api.northpost.example',
                  'server.port': 443,
                  'http.request.method': 'POST',
                  'http.response.status_code': 201,
                },
              },
              (carrier) => {
                carrier.spend(85, 0.5)
              },
            )
            redis(span, 'PUBLISH', `orders:${message.orderId} shipped`)
            span.info(`order ${message.orderId} booked with northpost`, {
              'shop.order.id': message.orderId,
              carrier: 'northpost',
            })
          },
        )
      }
    },
  )
}

/** The catalogue's reindex: a rare trace of some thousand spans, for a waterfall that has to scroll. */
export function reindex(scene: Scene): void {
  const { random } = scene
  scene.root(
    'catalogue',
    'job reindex-catalogue',
    {
      kind: Kind.Internal,
      attributes: {
        'job.name': 'reindex-catalogue',
        'job.trigger': 'schedule',
        'thread.name': 'scheduling-1',
      },
    },
    (job) => {
      job.info('reindex started', { 'job.name': 'reindex-catalogue' })
      for (const category of CATEGORIES) {
        job.child(`index category ${category}`, { attributes: { 'shop.category': category } }, (step) => {
          sql(step, {
            operation: 'SELECT',
            table: 'products',
            text: 'SELECT id FROM products WHERE category = ?',
            ms: 24,
            rows: 1100,
          })
          const batches = random.int(13, 18)
          for (let batch = 0; batch < batches; batch += 2) {
            step.parallel(
              [batch, batch + 1].map((number) => (lane) => {
                lane.child(
                  `batch ${number + 1} of ${batches}`,
                  { attributes: { 'job.batch': number + 1 } },
                  (span) => {
                    sql(span, {
                      operation: 'SELECT',
                      table: 'products',
                      text: 'SELECT id, name, description FROM products WHERE id = ANY(?)',
                      ms: 11,
                      rows: 30,
                    })
                    for (let item = 0; item < 30; item++) {
                      span.child(
                        'build document',
                        { attributes: { 'index.document': `LMN-${random.int(1000, 9999)}` } },
                        (doc) => {
                          doc.spend(1.1)
                          if (random.chance(0.4)) redis(doc, 'HSET', 'index:products <document>')
                        },
                      )
                    }
                    if (random.chance(0.03))
                      span.warn('document without a description skipped', { 'job.batch': number + 1 })
                    span.child(
                      'bulk index',
                      {
                        kind: Kind.Client,
                        attributes: {
                          'db.system.name': 'opensearch',
                          'db.operation.name': 'bulk',
                          'server.address': 'search.shop.example',
                          'db.operation.batch.size': 30,
                        },
                      },
                      (bulk) => {
                        // Slow, so that the job's thousands of spans do not stand in one bar of a histogram.
                        bulk.spend(820, 0.5)
                      },
                    )
                  },
                )
              }),
            )
          }
        })
      }
      job
        .info('reindex finished', { 'job.name': 'reindex-catalogue', duration_ms: Math.round(job.nowMs) })
        .ok()
    },
  )
}
