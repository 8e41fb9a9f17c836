// Prints each test that failed with the beginning and the end of its message, from the files of results in a folder:
// trx of dotnet test, JSON of vitest and of Playwright. What failed early stands at the end then, where it is looked for.
import { readdirSync, readFileSync } from 'node:fs'

const folder = process.argv[2]
const longest = 2400

for (const file of readdirSync(folder).sort()) {
  for (const { name, message } of failuresIn(file)) console.log(`\n✘ ${file}: ${name}\n${short(uncoloured(message))}`)
}

function failuresIn(file) {
  const text = () => readFileSync(`${folder}/${file}`, 'utf8')
  if (file.endsWith('.trx')) return ofDotnet(text())
  return file.endsWith('.json') ? ofJson(JSON.parse(text())) : []
}

function* ofDotnet(xml) {
  for (const [, attributes, content] of xml.matchAll(/<UnitTestResult ([^>]*outcome="Failed"[^>]*)>(.*?)<\/UnitTestResult>/gs)) {
    yield { name: plain(/testName="([^"]*)"/.exec(attributes)?.[1] ?? '?'), message: plain(/<Message>(.*?)<\/Message>/s.exec(content)?.[1] ?? '') }
  }
}

function* ofJson(results) {
  for (const test of (results.testResults ?? []).flatMap((file) => file.assertionResults)) {
    if (test.status === 'failed') yield { name: test.fullName, message: test.failureMessages.join('\n') }
  }
  for (const suite of results.suites ?? []) yield* ofSuite(suite)
}

function* ofSuite(suite) {
  for (const spec of suite.specs.filter((spec) => !spec.ok)) {
    const errors = spec.tests.flatMap((test) => test.results).flatMap((result) => result.errors)
    yield { name: `${spec.file}:${spec.line} ${spec.title}`, message: errors.map((error) => error.message).join('\n') }
  }
  for (const inner of suite.suites ?? []) yield* ofSuite(inner)
}

function short(message) {
  return message.length <= longest ? message : `${message.slice(0, longest / 2)}\n…\n${message.slice(-longest / 2)}`
}

function uncoloured(message) {
  return message.replaceAll(/\u001b\[\d+m/g, '')
}

function plain(xml) {
  const marks = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
  return xml.replace(/&(lt|gt|quot|apos|amp|#x?[0-9A-Fa-f]+);/g, (_, mark) => marks[mark] ?? String.fromCodePoint(Number(`0${mark.slice(1)}`)))
}
