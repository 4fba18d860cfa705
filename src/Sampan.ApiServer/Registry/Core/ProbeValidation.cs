using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of probes and hooks.</summary>
internal static class ProbeValidation
{
    public static void Validate(Container container, long? grace, FieldPath path, FieldErrors errors)
    {
        if (container.Lifecycle is { } lifecycle)
        {
            Hook(lifecycle.PostStart, grace, path.Child("lifecycle").Child("postStart"), errors);
            Hook(lifecycle.PreStop, grace, path.Child("lifecycle").Child("preStop"), errors);
        }
        ProbeOnce(container.LivenessProbe, "livenessProbe", path, errors);
        if (container.ReadinessProbe is { } readiness)
        {
            Probe(readiness, path.Child("readinessProbe"), errors);
        }
        if (container.ReadinessProbe?.TerminationGracePeriodSeconds is { } own)
        {
            errors.Invalid(
                path.Child("readinessProbe").Child("terminationGracePeriodSeconds"), own, "must not be set for readinessProbes");
        }
        ProbeOnce(container.StartupProbe, "startupProbe", path, errors);
    }

    /// <summary>One success says that a container lives; only readiness can ask for several.</summary>
    private static void ProbeOnce(Probe? probe, string field, FieldPath path, FieldErrors errors)
    {
        if (probe is null)
        {
            return;
        }
        Probe(probe, path.Child(field), errors);
        if (probe.SuccessThreshold != 1)
        {
            errors.Invalid(path.Child(field).Child("successThreshold"), probe.SuccessThreshold, "must be 1");
        }
    }

    private static void Probe(Probe probe, FieldPath path, FieldErrors errors)
    {
        Handlers(path, errors, probe.Exec, probe.HttpGet, probe.TcpSocket, null, probe.Grpc);
        Positive(probe.InitialDelaySeconds, "initialDelaySeconds");
        Positive(probe.TimeoutSeconds, "timeoutSeconds");
        Positive(probe.PeriodSeconds, "periodSeconds");
        Positive(probe.SuccessThreshold, "successThreshold");
        Positive(probe.FailureThreshold, "failureThreshold");
        if (probe.TerminationGracePeriodSeconds is { } grace and <= 0)
        {
            errors.Invalid(path.Child("terminationGracePeriodSeconds"), grace, "must be greater than 0");
        }

        void Positive(int value, string field)
        {
            if (value < 0)
            {
                errors.Invalid(path.Child(field), value, "must be greater than or equal to 0");
            }
        }
    }

    private static void Hook(LifecycleHandler? hook, long? grace, FieldPath path, FieldErrors errors)
    {
        if (hook is not null)
        {
            Handlers(path, errors, hook.Exec, hook.HttpGet, hook.TcpSocket, hook.Sleep, null);
            Sleep(hook, grace, path.Child("sleep"), errors);
        }
    }

    /// <summary>A pause that outlasts the pod's grace would never end by itself.</summary>
    private static void Sleep(LifecycleHandler hook, long? grace, FieldPath path, FieldErrors errors)
    {
        if (hook is { Sleep: { } sleep, Exec: null, HttpGet: null, TcpSocket: null } && (sleep.Seconds < 0 || sleep.Seconds > grace))
        {
            errors.Invalid(path, sleep.Seconds, $"must be non-negative and less than terminationGracePeriodSeconds ({grace})");
        }
    }

    private static void Handlers(
        FieldPath path, FieldErrors errors, ExecAction? exec, HTTPGetAction? http, TCPSocketAction? tcp, SleepAction? sleep, GRPCAction? grpc)
    {
        var fields = new (object? Value, string Name)[] { (exec, "exec"), (http, "httpGet"), (tcp, "tcpSocket"), (grpc, "grpc"), (sleep, "sleep") };
        var given = fields.Where(field => field.Value is not null).ToList();
        if (given.Count == 0)
        {
            errors.Required(path, "must specify a handler type");
            return;
        }
        switch (given[0].Value)
        {
            case ExecAction { Command: null or { Count: 0 } }:
                errors.Required(path.Child("exec").Child("command"));
                break;
            case HTTPGetAction request:
                Http(request, path.Child("httpGet"), errors);
                break;
            case TCPSocketAction socket:
                PortValidation.ValidateReference(socket.Port, path.Child("tcpSocket").Child("port"), errors);
                break;
            case GRPCAction call:
                errors.Invalid(path.Child("grpc").Child("port"), call.Port, Names.IsPortNumber(call.Port));
                break;
        }
        foreach (var (_, name) in given.Skip(1))
        {
            errors.Forbidden(path.Child(name), "may not specify more than 1 handler type");
        }
    }

    private static void Http(HTTPGetAction http, FieldPath path, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(http.Path))
        {
            errors.Required(path.Child("path"));
        }
        PortValidation.ValidateReference(http.Port, path.Child("port"), errors);
        if (http.Scheme is not ("HTTP" or "HTTPS"))
        {
            errors.NotSupported(path.Child("scheme"), http.Scheme, "HTTP", "HTTPS");
        }
        foreach (var header in http.HttpHeaders.OrEmpty())
        {
            errors.Invalid(path.Child("httpHeaders"), header.Name, Names.IsHttpHeaderName(header.Name));
        }
    }
}
