using Sampan.Api;
using Sampan.Api.Scheduling.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Scheduling;

/// <summary>Priority classes. Names with the prefix system- are the cluster's own.</summary>
internal sealed class PriorityClassStrategy : Strategy<PriorityClass>
{
    public const int HighestUserPriority = 1_000_000_000;

    protected override void Default(PriorityClass priority) => priority.PreemptionPolicy ??= "PreemptLowerPriority";

    protected override void PrepareForCreate(WriteContext context, PriorityClass priority) => priority.Metadata.Generation = 1;

    protected override void Validate(WriteContext context, PriorityClass priority, FieldErrors errors)
    {
        if (ReasonToRefuse(priority) is { } reason)
        {
            errors.Forbidden(
                FieldPath.Of("metadata").Child("name"),
                $"priority class names with 'system-' prefix are reserved for system use only. error: {reason}");
        }
        else if (SystemPriorityClasses.Find(priority.Metadata.Name) is null && priority.Value > HighestUserPriority)
        {
            errors.Forbidden(FieldPath.Of("value"), $"maximum allowed value of a user defined priority is {HighestUserPriority}");
        }
        FieldChecks.RequiredOneOf(FieldPath.Of("preemptionPolicy"), priority.PreemptionPolicy, errors, "PreemptLowerPriority", "Never");
    }

    protected override void ValidateUpdate(WriteContext context, PriorityClass priority, PriorityClass old, FieldErrors errors)
    {
        if (priority.Value != old.Value)
        {
            errors.Forbidden(FieldPath.Of("value"), "may not be changed in an update.");
        }
        FieldChecks.Same(FieldPath.Of("preemptionPolicy"), priority.PreemptionPolicy, old.PreemptionPolicy, errors);
    }

    private static string? ReasonToRefuse(PriorityClass priority)
    {
        var name = priority.Metadata.Name;
        if (!name.StartsWith("system-", StringComparison.Ordinal))
        {
            return null;
        }
        return SystemPriorityClasses.Find(name) switch
        {
            null => $"{name} is not a known system priority class",
            { } own when own.Value != priority.Value => $"value of {name} PriorityClass must be {own.Value}",
            { } own when own.GlobalDefault != priority.GlobalDefault => $"globalDefault of {name} PriorityClass must be false",
            _ => null,
        };
    }
}
