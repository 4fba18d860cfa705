using Sampan.Api;
using Sampan.Api.AdmissionRegistration.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry.AdmissionRegistration;

/// <summary>Configurations of webhooks, validating or mutating.</summary>
internal sealed class WebhookConfigurationStrategy<T>(Func<T, IReadOnlyList<IWebhook>> webhooks, Func<T, T, bool> sameWebhooks)
    : SpecStatusStrategy<T>(new SpecStatus<T>((_, _) => { }, (_, _) => { }, _ => { }, sameWebhooks))
    where T : class, IObject<T>
{
    public override bool AllowsBareFinalizers => true;

    public override bool AllowUnconditionalUpdate => false;

    protected override void Default(T configuration)
    {
        foreach (var hook in webhooks(configuration))
        {
            Default(hook);
        }
    }

    protected override void Validate(WriteContext context, T configuration, FieldErrors errors) =>
        WebhookValidation.Validate(webhooks(configuration), null, errors);

    protected override void ValidateUpdate(WriteContext context, T configuration, T old, FieldErrors errors) =>
        WebhookValidation.Validate(webhooks(configuration), webhooks(old), errors);

    private static void Default(IWebhook hook)
    {
        hook.FailurePolicy ??= "Fail";
        hook.MatchPolicy ??= "Equivalent";
        hook.NamespaceSelector ??= new LabelSelector();
        hook.ObjectSelector ??= new LabelSelector();
        hook.TimeoutSeconds ??= 10;
        if (hook is MutatingWebhook mutating)
        {
            mutating.ReinvocationPolicy ??= "Never";
        }
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
