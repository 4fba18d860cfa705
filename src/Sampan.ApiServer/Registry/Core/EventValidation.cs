using System.Text;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>What events of either group satisfy: those with an event time say who reports what. Upstream: pkg/apis/core/validation/events.go.</summary>
internal static class EventValidation
{
    private const int MaxText = 128;
    private const int MaxNote = 1024;

    /// <param name="controller">How the version that the client speaks calls who reports.</param>
    public static void Validate(Event e, string controller, FieldErrors errors)
    {
        var isNew = HasTime(e.EventTime);
        var about = e.InvolvedObject.Namespace ?? "";
        var matches = about.Length > 0
            ? isNew || about == e.Metadata.Namespace
            : e.Metadata.Namespace is "default" || (isNew && e.Metadata.Namespace is "kube-system");
        if (!matches)
        {
            errors.Invalid(FieldPath.Of("involvedObject").Child("namespace"), about, "does not match event.namespace");
        }
        if (isNew)
        {
            Report(e, FieldPath.Of(controller), errors);
        }
    }

    public static bool HasTime(MicroTime? time) => time is { Value: var value } && value != default;

    private static void Report(Event e, FieldPath path, FieldErrors errors)
    {
        FieldChecks.Required(path, e.ReportingComponent, errors);
        errors.Invalid(path, e.ReportingComponent, Names.IsQualifiedName(e.ReportingComponent));
        Text(e.ReportingInstance, "reportingInstance", errors);
        Text(e.Action, "action", errors);
        Text(e.Reason, "reason", errors);
        Short(e.Message, "message", MaxNote, errors);
    }

    private static void Text(string? value, string field, FieldErrors errors)
    {
        FieldChecks.Required(FieldPath.Of(field), value, errors);
        Short(value, field, MaxText, errors);
    }

    private static void Short(string? value, string field, int max, FieldErrors errors)
    {
        if (Encoding.UTF8.GetByteCount(value ?? "") > max)
        {
            errors.Invalid(FieldPath.Of(field), "", $"can have at most {max} characters");
        }
    }
}
