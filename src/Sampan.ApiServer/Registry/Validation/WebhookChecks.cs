using Sampan.Api;

namespace Sampan.ApiServer.Registry.Validation;

/// <summary>Checks of the places that webhooks are called at. Upstream: apiserver/pkg/util/webhook/validation.go.</summary>
internal static class WebhookChecks
{
    public static void Url(FieldPath path, string text, FieldErrors errors)
    {
        const string Form = "; desired format: https://host[/path]";
        if (!Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var given))
        {
            errors.Required(path, $"url must be a valid URL: parse {GoText.Quote(text)}: invalid URL{Form}");
            return;
        }
        var url = given.IsAbsoluteUri ? given : null;
        var scheme = url?.Scheme ?? "";
        if (scheme != "https")
        {
            errors.Invalid(path, scheme, $"'https' is the only allowed URL scheme{Form}");
        }
        if (string.IsNullOrEmpty(url?.Host))
        {
            errors.Invalid(path, url?.Host ?? "", $"host must be specified{Form}");
        }
        if (!string.IsNullOrEmpty(url?.UserInfo))
        {
            errors.Invalid(path, url.UserInfo, $"user information is not permitted in the URL{Form}");
        }
        if (url?.Fragment is { Length: > 1 } fragment)
        {
            errors.Invalid(path, fragment[1..], $"fragments are not permitted in the URL{Form}");
        }
        if (url?.Query is { Length: > 1 } query)
        {
            errors.Invalid(path, query[1..], $"query parameters are not permitted in the URL{Form}");
        }
    }

    public static void Service(FieldPath path, string name, string ns, string? urlPath, int? port, FieldErrors errors)
    {
        FieldChecks.Required(path.Child("name"), name, errors, "service name is required");
        FieldChecks.Required(path.Child("namespace"), ns, errors, "service namespace is required");
        if (port is { } number && Names.IsPortNumber(number) is { Count: > 0 } wrong)
        {
            errors.Invalid(path.Child("port"), number, $"port is not valid: {string.Join(',', wrong)}");
        }
        if (urlPath is not null)
        {
            UrlPath(path.Child("path"), urlPath, errors);
        }
    }

    private static void UrlPath(FieldPath path, string text, FieldErrors errors)
    {
        if (text.Length == 0)
        {
            return;
        }
        if (text == "//")
        {
            errors.Invalid(path, text, "segment[0] may not be empty");
            return;
        }
        if (text[0] != '/')
        {
            errors.Invalid(path, text, "must start with a '/'");
        }
        var steps = text.TrimStart('/').Split('/');
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].Length == 0 && i == steps.Length - 1)
            {
                continue;
            }
            if (steps[i].Length == 0)
            {
                errors.Invalid(path, text, $"segment[{i}] may not be empty");
                continue;
            }
            foreach (var failure in Names.IsDns1123Subdomain(steps[i]))
            {
                errors.Invalid(path, text, $"segment[{i}]: {failure}");
            }
        }
    }
}
