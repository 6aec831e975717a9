import { ENDPOINTS } from '@/lib/api/endpoints'
import { route } from '@/server/http/route'
import { getRow } from '@/server/services/rows/get-row'

export const GET = route(ENDPOINTS.row, ({ ctx, params }) =>
  getRow(ctx, params.source ?? '', params.id ?? ''),
)
