using Sampan.Api;
using Sampan.Api.Events.V1;

namespace Sampan.ApiServer.Registry.Events;

/// <summary>Events of the group events.k8s.io, whose fields are required where the core group's are not.</summary>
internal sealed class EventStrategyRules : Strategy<Event>
{
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
        if (e.EventTime is null)
        {
            errors.Required(FieldPath.Of("eventTime"));
        }
        Require(e.ReportingController, "reportingController", errors);
        Require(e.ReportingInstance, "reportingInstance", errors);
        Require(e.Action, "action", errors);
        Require(e.Reason, "reason", errors);
        if (e.Type is not ("Normal" or "Warning"))
        {
            errors.Invalid(FieldPath.Of("type"), "", "has invalid value: " + e.Type);
        }
    }

    protected override void ValidateUpdate(WriteContext context, Event e, Event old, FieldErrors errors)
    {
    }

    private static void Require(string? value, string field, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(value))
        {
            errors.Required(FieldPath.Of(field));
        }
    }
}
