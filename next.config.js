/** @type {import('next').NextConfig} */
export default {
  // Two builds side by side (a developer's and a test's) need folders of their own.
  distDir: process.env.SPANLIGHT_NEXT_DIR || '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['libsql', '@libsql/client', '@clickhouse/client'],
}
