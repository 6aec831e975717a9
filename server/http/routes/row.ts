import { ENDPOINTS } from '@/lib/api/endpoints'
import { getRow } from '@/server/services/rows/get-row'
import { route } from '../route'

export const GET = route(ENDPOINTS.row, ({ ctx, params }) =>
  getRow(ctx, params.source ?? '', params.id ?? ''),
)
