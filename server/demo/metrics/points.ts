import type { Exemplar, ExponentialPoint, HistogramPoint, KeyValue } from '../core/otlp'

export interface Sample {
  readonly value: number
  readonly traceId: string
  readonly spanId: string
  readonly timeUnixNano: string
}

/** The slowest sample and the last one: what a reservoir would most likely be asked for. */
function exemplars(samples: readonly Sample[]): Exemplar[] {
  const slowest = samples.reduce((a, b) => (b.value > a.value ? b : a))
  const chosen = new Set([slowest, samples[samples.length - 1]!])
  return [...chosen].map(({ value, traceId, spanId, timeUnixNano }) => ({
    timeUnixNano,
    asDouble: value,
    traceId,
    spanId,
    filteredAttributes: [],
  }))
}

function summary(samples: readonly Sample[]) {
  const values = samples.map((sample) => sample.value)
  return {
    count: String(values.length),
    sum: values.reduce((a, b) => a + b, 0),
    min: Math.min(...values),
    max: Math.max(...values),
  }
}

/** Bucket i holds bounds[i-1] < value <= bounds[i], as OTLP defines it. */
export function histogramPoint(
  attributes: KeyValue[],
  samples: readonly Sample[],
  bounds: readonly number[],
  startTimeUnixNano: string,
  timeUnixNano: string,
): HistogramPoint {
  const counts = new Array<number>(bounds.length + 1).fill(0)
  for (const { value } of samples) {
    const index = bounds.findIndex((bound) => value <= bound)
    counts[index < 0 ? bounds.length : index]! += 1
  }
  return {
    attributes,
    startTimeUnixNano,
    timeUnixNano,
    ...summary(samples),
    bucketCounts: counts.map(String),
    explicitBounds: [...bounds],
    exemplars: exemplars(samples),
  }
}

const SCALE = 3

/** Base 2^(2^-scale): bucket `index` holds base^index < value <= base^(index+1). */
export function exponentialPoint(
  attributes: KeyValue[],
  samples: readonly Sample[],
  startTimeUnixNano: string,
  timeUnixNano: string,
): ExponentialPoint {
  const positive = samples.filter((sample) => sample.value > 0)
  const indexes = positive.map(({ value }) => Math.ceil(Math.log2(value) * 2 ** SCALE) - 1)
  const offset = indexes.length > 0 ? Math.min(...indexes) : 0
  const counts = new Array<number>(indexes.length > 0 ? Math.max(...indexes) - offset + 1 : 0).fill(0)
  for (const index of indexes) counts[index - offset]! += 1
  return {
    attributes,
    startTimeUnixNano,
    timeUnixNano,
    ...summary(samples),
    scale: SCALE,
    zeroCount: String(samples.length - positive.length),
    positive: { offset, bucketCounts: counts.map(String) },
    negative: { offset: 0, bucketCounts: [] },
    exemplars: exemplars(samples),
  }
}
