using Sampan.Api;
using Sampan.Api.ApiExtensions.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.ApiExtensions;

/// <summary>Checks of how versions of custom resources become each other.</summary>
internal static class DefinitionConversionValidation
{
    private static readonly string[] ReviewVersions = ["v1", "v1beta1"];

    public static void Validate(CustomResourceDefinitionSpec spec, CustomResourceDefinitionSpec? old, FieldPath path, FieldErrors errors)
    {
        if (spec.Conversion is not { } conversion)
        {
            return;
        }
        if (conversion.Strategy != "None" && spec.PreserveUnknownFields)
        {
            errors.Invalid(path.Child("strategy"), conversion.Strategy, "must be None if spec.preserveUnknownFields is true");
        }
        FieldChecks.RequiredOneOf(path.Child("strategy"), conversion.Strategy, errors, "None", "Webhook");
        var (client, versions) = (path.Child("webhookClientConfig"), path.Child("conversionReviewVersions"));
        if (conversion.Strategy == "Webhook")
        {
            ValidateClient(conversion.Webhook?.ClientConfig, client, errors);
            var had = old?.Conversion?.Webhook?.ConversionReviewVersions;
            var needsKnown = had is not { Count: > 0 } || had.Any(ReviewVersions.Contains);
            ValidateVersions(conversion.Webhook?.ConversionReviewVersions ?? [], needsKnown, versions, errors);
        }
        else if (conversion.Webhook is { } webhook)
        {
            const string Only = "should not be set when strategy is not set to Webhook";
            if (webhook.ClientConfig is not null)
            {
                errors.Forbidden(client, Only);
            }
            if (webhook.ConversionReviewVersions.Count > 0)
            {
                errors.Forbidden(versions, Only);
            }
        }
    }

    private static void ValidateClient(WebhookClientConfig? client, FieldPath path, FieldErrors errors)
    {
        if (client is null)
        {
            errors.Required(path, "required when strategy is set to Webhook");
        }
        else if (client.Url is null == client.Service is null)
        {
            errors.Required(path, "exactly one of url or service is required");
        }
        else if (client.Url is { } url)
        {
            WebhookChecks.Url(path.Child("url"), url, errors);
        }
        else if (client.Service is { } service)
        {
            WebhookChecks.Service(path.Child("service"), service.Name, service.Namespace, service.Path, service.Port, errors);
        }
    }

    private static void ValidateVersions(List<string> versions, bool needsKnown, FieldPath path, FieldErrors errors)
    {
        if (versions.Count == 0)
        {
            errors.Required(path);
            return;
        }
        var seen = new HashSet<string>();
        foreach (var (index, version) in versions.Index())
        {
            if (!seen.Add(version))
            {
                errors.Invalid(path.Index(index), version, "duplicate version");
            }
            else
            {
                errors.Invalid(path.Index(index), version, Names.IsDns1035Label(version));
            }
        }
        if (needsKnown && !versions.Any(ReviewVersions.Contains))
        {
            errors.Invalid(path, versions, $"must include at least one of {string.Join(", ", ReviewVersions)}");
        }
    }
}
