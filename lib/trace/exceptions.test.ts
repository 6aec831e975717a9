import { describe, expect, it } from 'vitest'
import { exceptionsOf, groupFrames, stackFrames } from './exceptions'

const node = `IssuerTimeout: card_declined
    at Charge.submit (/app/src/charge.ts:118:9)
    at a (/app/node_modules/x/a.js:1:1)
    at b (/app/node_modules/x/b.js:1:1)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
    at retry (/app/src/retry.ts:42:3)
`

describe('exceptionsOf', () => {
  it('takes exceptions only, and does not repeat the headline', () => {
    const [exception, ...others] = exceptionsOf([
      { time: '', name: 'cache.miss', attributes: {} },
      {
        time: '',
        name: 'exception',
        attributes: {
          'exception.type': 'IssuerTimeout',
          'exception.message': 'card_declined',
          'exception.stacktrace': node,
        },
      },
    ])
    expect(others).toEqual([])
    expect(exception).toMatchObject({ type: 'IssuerTimeout', message: 'card_declined' })
    expect(exception?.frames).toHaveLength(5)
  })
})

describe('groupFrames', () => {
  const shape = (text: string) =>
    groupFrames(stackFrames(text)).map(
      (group) => `${group.library ? 'library' : 'own'} ${group.frames.length}`,
    )

  it('folds runs of library frames', () => {
    expect(shape(node)).toEqual(['own 2', 'library 3', 'own 1'])
  })

  it('leaves short runs with their neighbours', () => {
    expect(
      shape(
        '\tat shop.Cart.add(Cart.java:9)\n\tat java.util.List.of(List.java:1)\n\tat shop.Web.run(Web.java:3)',
      ),
    ).toEqual(['own 3'])
  })

  it('is empty for no trace and bounded for an endless one', () => {
    expect(groupFrames(stackFrames(''))).toEqual([])
    expect(stackFrames('at x\n'.repeat(50_000)).length).toBeLessThanOrEqual(1000)
  })
})
