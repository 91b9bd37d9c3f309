/** Builds the console into dist/console, where the engine serves it from. */
import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react(), tailwind()],
  build: { outDir: '../dist/console', emptyOutDir: true, target: 'es2023', sourcemap: true },
  /** While developing: the engine of `npm start` answers behind the console. */
  server: { proxy: { '/v1': 'http://localhost:4100' } },
})
