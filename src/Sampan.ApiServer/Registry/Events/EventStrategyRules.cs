using Sampan.Api;
using Sampan.Api.Events.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Events;

/// <summary>Events of the group events.k8s.io, whose fields are required where the core group's are not.</summary>
internal sealed class EventStrategyRules : Strategy<Event>
{
    private const int MaxText = 128;
    private const int MaxNote = 1024;

    public override bool AllowCreateOnUpdate => true;

    public override IReadOnlyList<string> SelectableFieldNames { get; } =
    [
        "reason", "reportingController", "regarding.kind", "regarding.namespace", "regarding.name", "regarding.uid", "regarding.apiVersion",
        "regarding.resourceVersion", "regarding.fieldPath", "type",
    ];

    protected override IReadOnlyList<string> SelectableFieldValues(Event e) =>
    [
        e.Reason ?? "", e.ReportingController ?? "", e.Regarding.Kind ?? "", e.Regarding.Namespace ?? "", e.Regarding.Name ?? "",
        e.Regarding.Uid ?? "", e.Regarding.ApiVersion ?? "", e.Regarding.ResourceVersion ?? "", e.Regarding.FieldPath ?? "", e.Type ?? "",
    ];

    protected override void Validate(WriteContext context, Event e, FieldErrors errors)
    {
        Shared(e, errors);
        Series(e.Series, errors);
        if (e.EventTime is not { Value: var time } || time == default)
        {
            errors.Required(FieldPath.Of("eventTime"));
        }
        if (e.Type is not ("Normal" or "Warning"))
        {
            errors.Invalid(FieldPath.Of("type"), "", $"has invalid value: {e.Type}");
        }
        Unset(e.DeprecatedFirstTimestamp is { IsZero: false }, "firstTimestamp", errors);
        Unset(e.DeprecatedLastTimestamp is { IsZero: false }, "lastTimestamp", errors);
        Unset(e.DeprecatedCount != 0, "count", errors);
        Unset(!string.IsNullOrEmpty(e.DeprecatedSource?.Component) || !string.IsNullOrEmpty(e.DeprecatedSource?.Host), "source", errors);
    }

    protected override void ValidateUpdate(WriteContext context, Event e, Event old, FieldErrors errors)
    {
        Shared(e, errors);
        if (!FieldChecks.AreEqual(e.Series, old.Series))
        {
            Series(e.Series, errors);
        }
        FieldChecks.Same(FieldPath.Of("involvedObject"), e.Regarding, old.Regarding, errors);
        FieldChecks.Same(FieldPath.Of("reason"), e.Reason, old.Reason, errors);
        FieldChecks.Same(FieldPath.Of("message"), e.Note, old.Note, errors);
        FieldChecks.SameValue(FieldPath.Of("firstTimestamp"), e.DeprecatedFirstTimestamp, old.DeprecatedFirstTimestamp, errors);
        FieldChecks.SameValue(FieldPath.Of("lastTimestamp"), e.DeprecatedLastTimestamp, old.DeprecatedLastTimestamp, errors);
        FieldChecks.SameValue<int>(FieldPath.Of("count"), e.DeprecatedCount, old.DeprecatedCount, errors);
        FieldChecks.Same(FieldPath.Of("type"), e.Type, old.Type, errors);
        FieldChecks.SameValue(FieldPath.Of("eventTime"), e.EventTime, old.EventTime, errors);
        FieldChecks.Same(FieldPath.Of("action"), e.Action, old.Action, errors);
        FieldChecks.Same(FieldPath.Of("related"), e.Related, old.Related, errors);
        FieldChecks.Same(FieldPath.Of("reportingController"), e.ReportingController, old.ReportingController, errors);
        FieldChecks.Same(FieldPath.Of("reportingInstance"), e.ReportingInstance, old.ReportingInstance, errors);
    }

    /// <summary>What every event of this group satisfies once it has an event time.</summary>
    private static void Shared(Event e, FieldErrors errors)
    {
        var isNew = e.EventTime is { Value: var time } && time != default;
        var about = e.Regarding.Namespace ?? "";
        var matches = about.Length > 0
            ? isNew || about == e.Metadata.Namespace
            : e.Metadata.Namespace is "default" || (isNew && e.Metadata.Namespace is "kube-system");
        if (!matches)
        {
            errors.Invalid(FieldPath.Of("involvedObject").Child("namespace"), about, "does not match event.namespace");
        }
        if (!isNew)
        {
            return;
        }
        var controller = e.ReportingController ?? "";
        FieldChecks.Required(FieldPath.Of("reportingController"), controller, errors);
        errors.Invalid(FieldPath.Of("reportingController"), controller, Names.IsQualifiedName(controller));
        Text(e.ReportingInstance, "reportingInstance", MaxText, errors);
        Text(e.Action, "action", MaxText, errors);
        Text(e.Reason, "reason", MaxText, errors);
        if (e.Note is { Length: > MaxNote })
        {
            errors.Invalid(FieldPath.Of("message"), "", $"can have at most {MaxNote} characters");
        }
    }

    private static void Text(string? value, string field, int max, FieldErrors errors)
    {
        FieldChecks.Required(FieldPath.Of(field), value, errors);
        if (value?.Length > max)
        {
            errors.Invalid(FieldPath.Of(field), "", $"can have at most {max} characters");
        }
    }

    private static void Series(EventSeries? series, FieldErrors errors)
    {
        if (series is null)
        {
            return;
        }
        if (series.Count < 2)
        {
            errors.Invalid(FieldPath.Of("series.count"), "", "should be at least 2");
        }
        if (series.LastObservedTime is not { Value: var time } || time == default)
        {
            errors.Required(FieldPath.Of("series.lastObservedTime"));
        }
    }

    private static void Unset(bool isSet, string field, FieldErrors errors)
    {
        if (isSet)
        {
            errors.Invalid(FieldPath.Of(field), "", "needs to be unset");
        }
    }
}
