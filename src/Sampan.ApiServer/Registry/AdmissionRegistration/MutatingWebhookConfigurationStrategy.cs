using Sampan.Api;
using Sampan.Api.AdmissionRegistration.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.AdmissionRegistration;

/// <summary>Configurations of mutating webhooks.</summary>
internal sealed class MutatingWebhookConfigurationStrategy() : SpecStatusStrategy<MutatingWebhookConfiguration>(Parts)
{
    private static readonly SpecStatus<MutatingWebhookConfiguration> Parts = new(
        (_, _) => { }, (_, _) => { }, _ => { }, (a, b) => FieldChecks.AreEqual(a.Webhooks, b.Webhooks));

    public override bool AllowsBareFinalizers => true;

    public override bool AllowUnconditionalUpdate => false;

    protected override void Default(MutatingWebhookConfiguration configuration)
    {
        foreach (var hook in configuration.Webhooks.OrEmpty())
        {
            hook.FailurePolicy ??= "Fail";
            hook.MatchPolicy ??= "Equivalent";
            hook.NamespaceSelector ??= new LabelSelector();
            hook.ObjectSelector ??= new LabelSelector();
            hook.TimeoutSeconds ??= 10;
            hook.ReinvocationPolicy ??= "Never";
            if (hook.ClientConfig.Service is { } service)
            {
                service.Port ??= 443;
            }
            foreach (var rule in hook.Rules.OrEmpty())
            {
                rule.Scope ??= "*";
            }
        }
    }

    protected override void Validate(WriteContext context, MutatingWebhookConfiguration configuration, FieldErrors errors) =>
        Validate(configuration, null, errors);

    protected override void ValidateUpdate(
        WriteContext context, MutatingWebhookConfiguration configuration, MutatingWebhookConfiguration old, FieldErrors errors) =>
        Validate(configuration, old, errors);

    private static void Validate(MutatingWebhookConfiguration configuration, MutatingWebhookConfiguration? old, FieldErrors errors)
    {
        WebhookValidation.Validate(Of(configuration), old is null ? null : Of(old), errors);
        foreach (var (index, hook) in configuration.Webhooks.OrEmpty().Index())
        {
            FieldChecks.OneOf(
                FieldPath.Of("webhooks").Index(index).Child("reinvocationPolicy"), hook.ReinvocationPolicy, errors, "IfNeeded", "Never");
        }
    }

    private static List<WebhookValidation.Webhook> Of(MutatingWebhookConfiguration configuration) =>
    [
        .. configuration.Webhooks.OrEmpty().Select(hook => new WebhookValidation.Webhook(
            hook.Name, hook.ClientConfig, hook.Rules, hook.FailurePolicy, hook.MatchPolicy, hook.NamespaceSelector, hook.ObjectSelector,
            hook.SideEffects, hook.TimeoutSeconds, hook.AdmissionReviewVersions, hook.MatchConditions)),
    ];
}
