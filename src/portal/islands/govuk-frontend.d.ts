/** As much of govuk-frontend's interface as the islands use; the package ships no types. */
declare module 'govuk-frontend' {
  export interface Component {
    readonly moduleName: string;
  }
  export const Button: Component;
  export const Checkboxes: Component;
  export const ErrorSummary: Component;
  export const Radios: Component;
  export const ServiceNavigation: Component;
  export const SkipLink: Component;
  export function createAll(component: Component): void;
}
