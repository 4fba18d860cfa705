using Sampan.Api;
using Sampan.Api.Events.V1;
using Sampan.ApiServer.Registry.Core;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Events;

/// <summary>Events of the group events.k8s.io, whose fields are required where the core group's are not.</summary>
internal sealed class EventStrategyRules : Strategy<Event>
{
    public override bool AllowCreateOnUpdate => true;

    public override bool MayHaveDependents => false;

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
        if (!EventValidation.HasTime(e.EventTime))
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
        FieldChecks.Same(FieldPath.Of("source"), e.DeprecatedSource, old.DeprecatedSource, errors);
        FieldChecks.SameValue(FieldPath.Of("firstTimestamp"), e.DeprecatedFirstTimestamp, old.DeprecatedFirstTimestamp, errors);
        FieldChecks.SameValue(FieldPath.Of("lastTimestamp"), e.DeprecatedLastTimestamp, old.DeprecatedLastTimestamp, errors);
        FieldChecks.SameValue<int>(FieldPath.Of("count"), e.DeprecatedCount, old.DeprecatedCount, errors);
        // Upstream asks for the reason twice.
        FieldChecks.Same(FieldPath.Of("reason"), e.Reason, old.Reason, errors);
        FieldChecks.Same(FieldPath.Of("type"), e.Type, old.Type, errors);
        FieldChecks.SameValue(FieldPath.Of("eventTime"), e.EventTime, old.EventTime, errors);
        FieldChecks.Same(FieldPath.Of("action"), e.Action, old.Action, errors);
        FieldChecks.Same(FieldPath.Of("related"), e.Related, old.Related, errors);
        FieldChecks.Same(FieldPath.Of("reportingController"), e.ReportingController, old.ReportingController, errors);
        FieldChecks.Same(FieldPath.Of("reportingInstance"), e.ReportingInstance, old.ReportingInstance, errors);
    }

    private static void Shared(Event e, FieldErrors errors) =>
        EventValidation.Validate((Api.Core.V1.Event)EventConversion.ToStored(e), "reportingController", errors);

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
        if (!EventValidation.HasTime(series.LastObservedTime))
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
