export { CONFIG, ConfigError, type Config, type ConfigFault, type LogLevel, type Mode, type S3Settings } from './config.js';
export { loadConfig, loadConfigWithoutDatabase } from './load-config.js';
export { SANDBOX_PORTS } from './mean-config.js';
export { OPTIONS, optionTable, type OptionName } from './options.js';
export { projectFolder } from './project-folder.js';
export { isPublishedCertificate } from './key-faults.js';
