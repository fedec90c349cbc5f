/**
 * SHA-256 of the public half (SubjectPublicKeyInfo, DER) of every key published in keys-example/. Anybody can sign with
 * them, so production refuses them; the list is compiled in so that removing the folder does not lift the refusal.
 */
export const EXAMPLE_KEY_FINGERPRINTS: ReadonlySet<string> = new Set([
  '26e91f079f375b3e40cef68948aaa8d0e3a3f8489f4c3b9123c5ad44ccb18ec0', // idp-ashworth.key.pem
  '7eb2859c08a175756573f7b3427b044856601f52b6ed4f90da4e91f18f956e21', // idp-northmoor-fire.key.pem
  '25bd88f5cb65f9ef687990262eff7d236b6a95d7348de70f262281b38c273592', // idp-northmoor-health.key.pem
  '2be0dd2aa6e68f9bc576d448589242b5a98086973909e771eb83a244d2ada0d4', // idp-northmoor-police.key.pem
  '1dd1a6584b73eea8591183495b9a4981c62a948b615c8f252ea92e7cbb8803e8', // idp-public-audit.key.pem
  '07dbade99a84fc9a38271e14711296b8bc12ee230a51d8c075d879144494dd8e', // idp-wexcombe.key.pem
  'ad0ba27b3c5bf6dd47bb328fa72ce48f7fddd514a5d98860c67de8c854ee2151', // ledger.key.pem
  'fe3539fc05177da5a45a8216689bf85f883e4ad4fdcf987c675cbedb36ccaab0', // saml-sp.key.pem
]);

/** Secrets that are printed in this repository and so are none. Used in demo mode when nothing is set. */
export const EXAMPLE_SECRETS = {
  passphrase: 'demonstration-passphrase-not-secret',
  cookieSecret: 'demonstration-cookie-secret-that-protects-nothing',
} as const;
