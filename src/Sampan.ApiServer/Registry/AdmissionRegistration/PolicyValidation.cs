using System.Buffers;
using Sampan.Api;
using Sampan.Api.AdmissionRegistration.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.AdmissionRegistration;

/// <summary>Checks that validating and mutating admission policies share, but for compiling their expressions.</summary>
internal static class PolicyValidation
{
    private static readonly SearchValues<string> Reserved = SearchValues.Create(
        ["true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
         "package", "namespace", "return", "var", "void", "while"],
        StringComparison.Ordinal);

    public static void FailurePolicy(string? policy, FieldPath path, FieldErrors errors) =>
        FieldChecks.RequiredOneOf(path, policy, errors, "Fail", "Ignore");

    public static void Kind(ParamKind? kind, FieldPath path, FieldErrors errors)
    {
        if (kind is null)
        {
            return;
        }
        var at = path.Child("apiVersion");
        var text = kind.ApiVersion ?? "";
        if (text.Length == 0)
        {
            errors.Required(at);
        }
        else if (text.Count(c => c == '/') > 1)
        {
            errors.Invalid(at, text, $"unexpected GroupVersion string: {text}");
        }
        else
        {
            Version(text, at, errors);
        }
        FieldChecks.Required(path.Child("kind"), kind.Kind, errors);
        if (kind.Kind is { Length: > 0 } name && Names.IsDns1035Label(name.ToLowerInvariant()) is { Count: > 0 } wrong)
        {
            errors.Invalid(path.Child("kind"), name, $"may have mixed case, but should otherwise match: {string.Join(',', wrong)}");
        }
    }

    public static void Match(MatchResources? match, FieldPath path, FieldErrors errors)
    {
        if (match is null)
        {
            return;
        }
        FieldChecks.RequiredOneOf(path.Child("matchPolicy"), match.MatchPolicy, errors, "Equivalent", "Exact");
        LabelSelectorValidation.Validate(match.NamespaceSelector, path.Child("namespaceSelector"), errors);
        LabelSelectorValidation.Validate(match.ObjectSelector, path.Child("objectSelector"), errors);
        foreach (var (index, rule) in match.ResourceRules.OrEmpty().Index())
        {
            RuleValidation.Validate(rule, path.Child("resourceRules").Index(index), errors);
        }
        foreach (var (index, rule) in match.ExcludeResourceRules.OrEmpty().Index())
        {
            RuleValidation.Validate(rule, path.Child("excludeResourceRules").Index(index), errors);
        }
    }

    /// <summary>What a policy is for: at least one rule says of which types its expressions speak.</summary>
    public static void Constraints(MatchResources? match, FieldPath path, FieldErrors errors)
    {
        if (match is null)
        {
            errors.Required(path);
            return;
        }
        Match(match, path, errors);
        if (match.ResourceRules.OrEmpty().Count == 0)
        {
            errors.Required(path.Child("resourceRules"));
        }
    }

    public static void Variables(List<Variable>? variables, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, variable) in variables.OrEmpty().Index())
        {
            var at = path.Index(index);
            if (string.IsNullOrWhiteSpace(variable.Name))
            {
                errors.Required(at.Child("name"), "name is not specified");
            }
            else if (!IsIdentifier(variable.Name))
            {
                errors.Invalid(at.Child("name"), variable.Name, "name is not a valid CEL identifier");
            }
            FieldChecks.Required(at.Child("expression"), variable.Expression.Trim(), errors, "expression is not specified");
        }
    }

    private static void Version(string text, FieldPath path, FieldErrors errors)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (group, version) = slash < 0 ? ("", text) : (text[..slash], text[(slash + 1)..]);
        if (group.Length > 0 && Names.IsDns1123Subdomain(group) is { Count: > 0 } wrongGroup)
        {
            errors.Invalid(path, group, string.Join(',', wrongGroup));
        }
        if (version.Length == 0)
        {
            errors.Invalid(path, text, "version must be specified");
        }
        else if (Names.IsDns1035Label(version) is { Count: > 0 } wrongVersion)
        {
            errors.Invalid(path, version, string.Join(',', wrongVersion));
        }
    }

    private static bool IsIdentifier(string name) =>
        (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !Reserved.Contains(name);
}
