using Sampan.Api;
using Sampan.Api.Scheduling.V1;

namespace Sampan.ApiServer.Registry.Scheduling;

/// <summary>Priority classes. Names with the prefix system- are the cluster's own.</summary>
internal sealed class PriorityClassStrategy : Strategy<PriorityClass>
{
    public const int HighestUserPriority = 1_000_000_000;

    protected override void Default(PriorityClass priority) => priority.PreemptionPolicy ??= "PreemptLowerPriority";

    protected override void PrepareForCreate(WriteContext context, PriorityClass priority) => priority.Metadata.Generation = 1;

    protected override void Validate(WriteContext context, PriorityClass priority, FieldErrors errors)
    {
        if (SystemPriorityClasses.Find(priority.Metadata.Name) is { } own)
        {
            if (own.Value != priority.Value)
            {
                errors.Forbidden(
                    FieldPath.Of("metadata").Child("name"),
                    $"priority class names with 'system-' prefix are reserved for system use only. error: value of {own.Metadata.Name} PriorityClass must be {own.Value}");
            }
        }
        else if (priority.Metadata.Name.StartsWith("system-", StringComparison.Ordinal))
        {
            errors.Forbidden(
                FieldPath.Of("metadata").Child("name"),
                $"priority class names with 'system-' prefix are reserved for system use only. error: {priority.Metadata.Name} is not a known system priority class");
        }
        else if (priority.Value > HighestUserPriority)
        {
            errors.Forbidden(FieldPath.Of("value"), $"maximum allowed value of a user defined priority is {HighestUserPriority}");
        }
        if (priority.PreemptionPolicy is not ("PreemptLowerPriority" or "Never"))
        {
            errors.NotSupported(FieldPath.Of("preemptionPolicy"), priority.PreemptionPolicy, "Never", "PreemptLowerPriority");
        }
    }

    protected override void ValidateUpdate(WriteContext context, PriorityClass priority, PriorityClass old, FieldErrors errors)
    {
        if (priority.Value != old.Value)
        {
            errors.Forbidden(FieldPath.Of("value"), "may not be changed in an update.");
        }
        if (priority.PreemptionPolicy != old.PreemptionPolicy)
        {
            errors.Invalid(FieldPath.Of("preemptionPolicy"), priority.PreemptionPolicy, "field is immutable");
        }
    }
}
