import { expect, it } from 'vitest'
import { attributeGroups, eventsOf, plainColumns } from './record'

const record = {
  Timestamp: '2026-11-20T09:00:00.000000000Z',
  Duration: '1500000000',
  StatusMessage: '',
  SpanAttributes: { 'http.route': '/a', Duration: 'long', "it's odd": 'x', status: '5' },
  ResourceAttributes: { 'host.name': 'h1' },
  'Events.Name': ['exception'],
  'Events.Timestamp': ['2026-11-20T09:00:00.100000000Z'],
  'Events.Attributes': [{ 'exception.type': 'Boom' }],
}

it('names each attribute as the search language finds it', () => {
  expect(attributeGroups(record)).toEqual([
    {
      title: 'Attributes',
      entries: [
        { key: 'Duration', value: 'long', field: 'SpanAttributes.Duration' },
        { key: 'http.route', value: '/a', field: 'SpanAttributes.http.route' },
        { key: "it's odd", value: 'x', field: "SpanAttributes['it\\'s odd']" },
        { key: 'status', value: '5', field: 'SpanAttributes.status' },
      ],
    },
    {
      title: 'Resource',
      entries: [{ key: 'host.name', value: 'h1', field: 'ResourceAttributes.host.name' }],
    },
  ])
})

it('puts nested event columns together', () => {
  expect(eventsOf(record)).toEqual([
    { time: '2026-11-20T09:00:00.100000000Z', name: 'exception', attributes: { 'exception.type': 'Boom' } },
  ])
  expect(eventsOf({})).toEqual([])
})

it('lists the facts that are there', () => {
  expect(plainColumns(record)).toEqual([
    { name: 'Timestamp', value: '2026-11-20T09:00:00.000000000Z' },
    { name: 'Duration', value: '1.50 s' },
  ])
})
