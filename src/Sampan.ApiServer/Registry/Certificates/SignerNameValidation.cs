using Sampan.Api;

namespace Sampan.ApiServer.Registry.Certificates;

/// <summary>Checks of signers' names: a domain, a slash and a path of dotted labels.</summary>
internal static class SignerNameValidation
{
    private const int MaxName = Names.Dns1123SubdomainMaxLength + 1 + Names.Dns1123SubdomainMaxLength + 1 + Names.Dns1123LabelMaxLength;

    public static void Validate(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path);
            return;
        }
        if (name.Split('/') is not [var domain, var rest])
        {
            errors.Invalid(path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
            return;
        }
        if (domain.Length > Names.Dns1123SubdomainMaxLength)
        {
            errors.TooLong(path, Names.Dns1123SubdomainMaxLength);
        }
        Labels(domain, Names.IsDns1123Label, path, errors);
        if (!domain.Contains('.', StringComparison.Ordinal))
        {
            errors.Invalid(path, domain, "should be a domain with at least two segments separated by dots");
        }
        Labels(rest, Names.IsDns1123Subdomain, path, errors);
        if (name.Length > MaxName)
        {
            errors.TooLong(path, MaxName);
        }
    }

    /// <summary>The first label that is wrong is named; the others would say the same.</summary>
    private static void Labels(string text, Func<string, IReadOnlyList<string>> check, FieldPath path, FieldErrors errors)
    {
        var wrong = text.Split('.').FirstOrDefault(label => check(label).Count > 0);
        foreach (var complaint in wrong is null ? [] : check(wrong))
        {
            errors.Invalid(path, text, $"validating label {GoText.Quote(wrong)}: {complaint}");
        }
    }
}
