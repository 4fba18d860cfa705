using Sampan.Api;
using Sampan.Api.AdmissionRegistration.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.AdmissionRegistration;

/// <summary>Checks of what binds a policy to parameters and resources.</summary>
internal static class PolicyBindingValidation
{
    public static void Validate(ValidatingAdmissionPolicyBinding binding, FieldErrors errors)
    {
        Shared(binding.Spec.PolicyName, binding.Spec.ParamRef, binding.Spec.MatchResources, errors);
        Actions(binding.Spec.ValidationActions, FieldPath.Of("spec").Child("validationActions"), errors);
    }

    public static void Validate(MutatingAdmissionPolicyBinding binding, FieldErrors errors) =>
        Shared(binding.Spec.PolicyName ?? "", binding.Spec.ParamRef, binding.Spec.MatchResources, errors);

    private static void Shared(string policy, ParamRef? parameters, MatchResources? match, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        FieldChecks.Required(path.Child("policyName"), policy, errors);
        if (policy.Length > 0)
        {
            errors.Invalid(path.Child("policyName"), policy, Names.IsDns1123Subdomain(policy));
        }
        Parameters(parameters, path.Child("paramRef"), errors);
        PolicyValidation.Match(match, path.Child("matchResources"), errors);
    }

    private static void Parameters(ParamRef? parameters, FieldPath path, FieldErrors errors)
    {
        const string NotBoth = "name and selector are mutually exclusive";
        if (parameters is null)
        {
            return;
        }
        if (parameters.Name is { Length: > 0 } name)
        {
            errors.Invalid(path.Child("name"), name, Names.IsPathSegmentName(name));
            if (parameters.Selector is not null)
            {
                errors.Forbidden(path.Child("name"), NotBoth);
                LabelSelectorValidation.Validate(parameters.Selector, path.Child("selector"), errors);
                errors.Forbidden(path.Child("selector"), NotBoth);
            }
        }
        else if (parameters.Selector is not null)
        {
            LabelSelectorValidation.Validate(parameters.Selector, path.Child("selector"), errors);
        }
        else
        {
            errors.Required(path, "one of name or selector must be specified");
        }
        FieldChecks.RequiredOneOf(path.Child("parameterNotFoundAction"), parameters.ParameterNotFoundAction, errors, "Deny", "Allow");
    }

    private static void Actions(List<string> actions, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>();
        foreach (var (index, action) in actions.Index())
        {
            FieldChecks.OneOf(path.Index(index), action, errors, "Audit", "Deny", "Warn");
            if (!seen.Add(action))
            {
                errors.Duplicate(path.Index(index), action);
            }
        }
        if (actions.Contains("Deny") && actions.Contains("Warn"))
        {
            errors.Invalid(
                path, actions,
                "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)");
        }
        if (actions.Count == 0)
        {
            errors.Required(path, "at least one validation action is required");
        }
    }
}
