using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Events of both groups, stored as core/v1.</summary>
internal sealed class EventStrategy(TimeSpan life) : Strategy<Event>
{
    public override bool AllowsBareFinalizers => true;

    public override NameCheck NameCheck => NameChecks.PathSegment;

    public override bool ChecksMetadataAgain => false;

    public override bool AllowCreateOnUpdate => true;

    public override bool MayHaveDependents => false;

    public override TimeSpan? TimeToLive => life;

    public override IReadOnlyList<string> SelectableFieldNames { get; } =
    [
        "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
        "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
    ];

    protected override IReadOnlyList<string> SelectableFieldValues(Event e) =>
    [
        e.InvolvedObject.Kind ?? "", e.InvolvedObject.Namespace ?? "", e.InvolvedObject.Name ?? "", e.InvolvedObject.Uid ?? "",
        e.InvolvedObject.ApiVersion ?? "", e.InvolvedObject.ResourceVersion ?? "", e.InvolvedObject.FieldPath ?? "", e.Reason ?? "",
        e.ReportingComponent, string.IsNullOrEmpty(e.Source.Component) ? e.ReportingComponent : e.Source.Component, e.Type ?? "",
    ];

    protected override void Validate(WriteContext context, Event e, FieldErrors errors) => EventValidation.Validate(e, "reportingComponent", errors);
}
