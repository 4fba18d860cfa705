using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of a container's own restart policy and of the rules that decide by its exit code. Upstream: validateContainerRestartPolicy.</summary>
internal static class RestartRuleValidation
{
    private const int MaxRules = 20;
    private const int MaxExitCodes = 255;

    private static readonly string[] Policies = ["Always", "Never", "OnFailure"];
    private static readonly string[] Actions = ["Restart", "RestartAllContainers"];
    private static readonly string[] Operators = ["In", "NotIn"];

    public static void Validate(Container container, FieldPath path, FieldErrors errors)
    {
        var rules = container.RestartPolicyRules.OrEmpty();
        if (container.RestartPolicy is { } policy)
        {
            FieldChecks.OneOf(path.Child("restartPolicy"), policy, errors, Policies);
        }
        else if (rules.Count > 0)
        {
            errors.Required(path.Child("restartPolicy"), "must specify restartPolicy when restart rules are used");
        }
        var at = path.Child("restartPolicyRules");
        if (rules.Count > MaxRules)
        {
            errors.TooMany(at, rules.Count, MaxRules);
        }
        foreach (var (index, rule) in rules.Index())
        {
            Rule(rule, at.Index(index), errors);
        }
    }

    private static void Rule(ContainerRestartRule rule, FieldPath path, FieldErrors errors)
    {
        FieldChecks.OneOf(path.Child("action"), rule.Action, errors, Actions);
        var at = path.Child("exitCodes");
        if (rule.ExitCodes is not { } codes)
        {
            errors.Required(at, "must be specified");
            return;
        }
        FieldChecks.OneOf(at.Child("operator"), codes.Operator, errors, Operators);
        if (codes.Values.OrEmpty().Count > MaxExitCodes)
        {
            errors.TooMany(at.Child("values"), codes.Values.OrEmpty().Count, MaxExitCodes);
        }
    }
}
