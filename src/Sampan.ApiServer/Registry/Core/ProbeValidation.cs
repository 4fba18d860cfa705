using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of probes and hooks.</summary>
internal static class ProbeValidation
{
    public static void Validate(Container container, FieldPath path, FieldErrors errors)
    {
        Probe(container.LivenessProbe, path.Child("livenessProbe"), errors);
        Probe(container.ReadinessProbe, path.Child("readinessProbe"), errors);
        Probe(container.StartupProbe, path.Child("startupProbe"), errors);
        foreach (var (probe, field) in new[] { (container.LivenessProbe, "livenessProbe"), (container.StartupProbe, "startupProbe") })
        {
            if (probe is not null && probe.SuccessThreshold != 1)
            {
                errors.Invalid(path.Child(field).Child("successThreshold"), probe.SuccessThreshold, "must be 1");
            }
        }
        if (container.ReadinessProbe?.TerminationGracePeriodSeconds is { } grace)
        {
            errors.Invalid(
                path.Child("readinessProbe").Child("terminationGracePeriodSeconds"), grace, "must not be set for readinessProbes");
        }
        Hook(container.Lifecycle?.PostStart, path.Child("lifecycle").Child("postStart"), errors);
        Hook(container.Lifecycle?.PreStop, path.Child("lifecycle").Child("preStop"), errors);
    }

    private static void Probe(Probe? probe, FieldPath path, FieldErrors errors)
    {
        if (probe is null)
        {
            return;
        }
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

    private static void Hook(LifecycleHandler? hook, FieldPath path, FieldErrors errors)
    {
        if (hook is not null)
        {
            Handlers(path, errors, hook.Exec, hook.HttpGet, hook.TcpSocket, hook.Sleep, null);
        }
    }

    private static void Handlers(
        FieldPath path, FieldErrors errors, ExecAction? exec, HTTPGetAction? http, TCPSocketAction? tcp, SleepAction? sleep, GRPCAction? grpc)
    {
        var fields = new (object? Value, string Name)[] { (exec, "exec"), (http, "httpGet"), (tcp, "tcpSocket"), (grpc, "grpc"), (sleep, "sleep") };
        var given = fields.Where(field => field.Value is not null).ToList();
        foreach (var (_, name) in given.Skip(1))
        {
            errors.Forbidden(path.Child(name), "may not specify more than 1 handler type");
        }
        if (given.Count == 0)
        {
            errors.Required(path, "must specify a handler type");
            return;
        }
        if (exec is not null && exec.Command.OrEmpty().Count == 0)
        {
            errors.Required(path.Child("exec").Child("command"));
        }
        if (http is not null)
        {
            Http(http, path.Child("httpGet"), errors);
        }
        if (tcp is not null)
        {
            PortValidation.ValidateReference(tcp.Port, path.Child("tcpSocket").Child("port"), errors);
        }
        if (grpc is not null)
        {
            errors.Invalid(path.Child("grpc").Child("port"), grpc.Port, Names.IsPortNumber(grpc.Port));
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
        foreach (var (index, header) in http.HttpHeaders.OrEmpty().Index())
        {
            errors.Invalid(path.Child("httpHeaders").Index(index), header.Name, Names.IsHttpHeaderName(header.Name));
        }
    }
}
