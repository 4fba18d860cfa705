using Sampan.Api;
using Sampan.Api.AdmissionRegistration.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.AdmissionRegistration;

/// <summary>Configurations of validating webhooks.</summary>
internal sealed class ValidatingWebhookConfigurationStrategy() : SpecStatusStrategy<ValidatingWebhookConfiguration>(Parts)
{
    private static readonly SpecStatus<ValidatingWebhookConfiguration> Parts = new(
        (_, _) => { }, (_, _) => { }, _ => { }, (a, b) => FieldChecks.AreEqual(a.Webhooks, b.Webhooks));

    public override bool AllowsBareFinalizers => true;

    public override bool AllowUnconditionalUpdate => false;

    protected override void Default(ValidatingWebhookConfiguration configuration)
    {
        foreach (var hook in configuration.Webhooks.OrEmpty())
        {
            hook.FailurePolicy ??= "Fail";
            hook.MatchPolicy ??= "Equivalent";
            hook.NamespaceSelector ??= new LabelSelector();
            hook.ObjectSelector ??= new LabelSelector();
            hook.TimeoutSeconds ??= 10;
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

    protected override void Validate(WriteContext context, ValidatingWebhookConfiguration configuration, FieldErrors errors) =>
        WebhookValidation.Validate(Of(configuration), null, errors);

    protected override void ValidateUpdate(
        WriteContext context, ValidatingWebhookConfiguration configuration, ValidatingWebhookConfiguration old, FieldErrors errors) =>
        WebhookValidation.Validate(Of(configuration), Of(old), errors);

    private static List<WebhookValidation.Webhook> Of(ValidatingWebhookConfiguration configuration) =>
    [
        .. configuration.Webhooks.OrEmpty().Select(hook => new WebhookValidation.Webhook(
            hook.Name, hook.ClientConfig, hook.Rules, hook.FailurePolicy, hook.MatchPolicy, hook.NamespaceSelector, hook.ObjectSelector,
            hook.SideEffects, hook.TimeoutSeconds, hook.AdmissionReviewVersions, hook.MatchConditions)),
    ];
}
