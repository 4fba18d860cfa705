using Sampan.Api;
using Sampan.Api.FlowControl.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.FlowControl;

/// <summary>Priority levels.</summary>
internal sealed class PriorityLevelStrategy() : SpecStatusStrategy<PriorityLevelConfiguration>(Parts)
{
    private const string Exempt = "exempt";
    private const int DefaultShares = 30;
    private const int MaxQueues = 10_000_000;
    private const int MaxHashBits = 60;

    private static readonly SpecStatus<PriorityLevelConfiguration> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        level => level.Status = new PriorityLevelConfigurationStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec))
    {
        StatusKeepsMetadata = true,
    };

    /// <summary>Conditions of flow control name a type, each once.</summary>
    public static void ValidateConditions(IEnumerable<string?> types, FieldErrors errors)
    {
        var seen = new HashSet<string>();
        foreach (var (index, type) in types.Index())
        {
            var path = FieldPath.Of("status").Child("conditions").Index(index).Child("type");
            if (!seen.Add(type ?? ""))
            {
                errors.Duplicate(path, type);
            }
            FieldChecks.Required(path, type, errors, "must not be empty");
        }
    }

    protected override void Default(PriorityLevelConfiguration level)
    {
        if (level.Spec.Exempt is { } exempt)
        {
            exempt.NominalConcurrencyShares ??= 0;
            exempt.LendablePercent ??= 0;
        }
        if (level.Spec.Limited is not { } limited)
        {
            return;
        }
        limited.NominalConcurrencyShares ??= DefaultShares;
        limited.LendablePercent ??= 0;
        if (limited.LimitResponse.Queuing is { } queuing)
        {
            queuing.HandSize = queuing.HandSize == 0 ? 8 : queuing.HandSize;
            queuing.Queues = queuing.Queues == 0 ? 64 : queuing.Queues;
            queuing.QueueLengthLimit = queuing.QueueLengthLimit == 0 ? 50 : queuing.QueueLengthLimit;
        }
    }

    protected override void Validate(WriteContext context, PriorityLevelConfiguration level, FieldErrors errors)
    {
        var (spec, name, path) = (level.Spec, level.Metadata.Name, FieldPath.Of("spec"));
        if (name == Exempt != (spec.Type == "Exempt"))
        {
            errors.Invalid(path.Child("type"), spec.Type, "type must be 'Exempt' if and only if name is 'exempt'");
        }
        switch (spec.Type)
        {
            case "Exempt":
                ValidateExempt(spec, path, errors);
                break;
            case "Limited":
                ValidateLimited(spec, path, errors);
                break;
            default:
                errors.NotSupported(path.Child("type"), spec.Type, "Exempt", "Limited");
                break;
        }
        ValidateMandatory(level, path, errors);
    }

    protected override void ValidateStatusUpdate(
        WriteContext context, PriorityLevelConfiguration level, PriorityLevelConfiguration old, FieldErrors errors) =>
        ValidateConditions(level.Status.Conditions.OrEmpty().Select(condition => condition.Type), errors);

    private static void ValidateMandatory(PriorityLevelConfiguration level, FieldPath path, FieldErrors errors)
    {
        if (BootstrapPriorityLevels.FindMandatory(level.Metadata.Name) is not { } mandatory)
        {
            return;
        }
        var isExempt = level.Metadata.Name == Exempt;
        var wanted = mandatory.Spec.DeepClone();
        wanted.Exempt = isExempt ? level.Spec.Exempt : wanted.Exempt;
        if (!level.Spec.DeepEquals(wanted))
        {
            var except = isExempt ? " except the 'spec.exempt' field" : "";
            errors.Invalid(path, level.Spec, $"spec of '{level.Metadata.Name}'{except} must equal the fixed value");
        }
    }

    private static void ValidateExempt(PriorityLevelConfigurationSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Limited is not null)
        {
            errors.Forbidden(path.Child("limited"), "must be nil if the type is not Limited");
        }
        if (spec.Exempt is { } exempt)
        {
            Shares(exempt.NominalConcurrencyShares, path.Child("exempt").Child("nominalConcurrencyShares"), errors);
            Percent(exempt.LendablePercent, path.Child("exempt").Child("lendablePercent"), errors);
        }
    }

    private static void ValidateLimited(PriorityLevelConfigurationSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Exempt is not null)
        {
            errors.Forbidden(path.Child("exempt"), "must be nil if the type is Limited");
        }
        if (spec.Limited is not { } limited)
        {
            errors.Required(path.Child("limited"), "must not be empty when type is Limited");
            return;
        }
        var at = path.Child("limited");
        Shares(limited.NominalConcurrencyShares, at.Child("nominalConcurrencyShares"), errors);
        ValidateResponse(limited.LimitResponse, at.Child("limitResponse"), errors);
        Percent(limited.LendablePercent, at.Child("lendablePercent"), errors);
        if (limited.BorrowingLimitPercent is < 0)
        {
            errors.Invalid(at.Child("borrowingLimitPercent"), limited.BorrowingLimitPercent, "if specified, must be a non-negative integer");
        }
    }

    private static void Shares(int? value, FieldPath path, FieldErrors errors)
    {
        if (value is < 0)
        {
            errors.Invalid(path, value, "must be a non-negative integer");
        }
    }

    private static void Percent(int? value, FieldPath path, FieldErrors errors)
    {
        if (value is < 0 or > 100)
        {
            errors.Invalid(path, value, "must be between 0 and 100, inclusive");
        }
    }

    private static void ValidateResponse(LimitResponse response, FieldPath path, FieldErrors errors)
    {
        switch (response.Type)
        {
            case "Reject" when response.Queuing is not null:
                errors.Forbidden(path.Child("queuing"), "must be nil if limited.limitResponse.type is not Limited");
                break;
            case "Queue" when response.Queuing is null:
                errors.Required(path.Child("queuing"), "must not be empty if limited.limitResponse.type is Limited");
                break;
            case "Queue":
                ValidateQueuing(response.Queuing, path.Child("queuing"), errors);
                break;
            case not "Reject":
                errors.NotSupported(path.Child("type"), response.Type, "Queue", "Reject");
                break;
        }
    }

    private static void ValidateQueuing(QueuingConfiguration queuing, FieldPath path, FieldErrors errors)
    {
        Positive(queuing.QueueLengthLimit, path.Child("queueLengthLimit"), errors);
        Positive(queuing.Queues, path.Child("queues"), errors);
        if (queuing.Queues > MaxQueues)
        {
            errors.Invalid(path.Child("queues"), queuing.Queues, $"must not be greater than {MaxQueues}");
        }
        Positive(queuing.HandSize, path.Child("handSize"), errors);
        if (queuing.HandSize <= 0)
        {
            return;
        }
        if (queuing.HandSize > queuing.Queues)
        {
            errors.Invalid(path.Child("handSize"), queuing.HandSize, $"should not be greater than queues ({queuing.Queues})");
        }
        else if (Math.Ceiling(Math.Log2(queuing.Queues) * queuing.HandSize) > MaxHashBits)
        {
            errors.Invalid(
                path.Child("handSize"), queuing.HandSize,
                $"required entropy bits of deckSize {queuing.Queues} and handSize {queuing.HandSize} should not be greater than {MaxHashBits}");
        }
    }

    private static void Positive(int value, FieldPath path, FieldErrors errors)
    {
        if (value <= 0)
        {
            errors.Invalid(path, value, "must be positive");
        }
    }
}
