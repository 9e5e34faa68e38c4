/* Makes every generated file anew; tests hold the committed ones to them. */
await import('./generate-cli-metadata.ts');
await import('./generate-port-names.ts');
await import('./generate-man.ts');
