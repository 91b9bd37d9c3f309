/** `kith doctor`: is everything here that the engine needs, and which adapters answer? */
import type { Command } from 'commander'
import { diagnose } from '../../diagnose.ts'
import { findServing } from '../connect.ts'
import type { CommandContext } from '../context.ts'
import { renderTable } from '../table.ts'

export function addDoctorCommand(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .description('check the machine, the settings, the database, the keys and the encoder')
    .option('--json', 'one JSON object on the last line')
    .action(async ({ json }: { json?: boolean }) => {
      const config = context.config()
      const serving = await findServing(config)
      const findings = serving
        ? [
            {
              check: 'engine',
              isWell: true,
              found: JSON.stringify((await serving.status()).adapters),
            },
          ]
        : await diagnose(config, context.log())
      const isWell = findings.every((finding) => finding.isWell)
      if (json) context.output.json({ isWell, findings })
      else {
        const rows = findings.map(({ check, isWell, found }) => [
          isWell ? 'ok' : 'NOT WELL',
          check,
          found,
        ])
        context.output.text(renderTable(rows))
      }
      if (!isWell) process.exitCode = 1
    })
}
