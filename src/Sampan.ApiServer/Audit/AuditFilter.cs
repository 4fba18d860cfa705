using Sampan.Api;
using Sampan.ApiServer.Http;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Audit;

/// <summary>Records requests as the policy says: when they come, when a long answer begins, and when they are answered.</summary>
internal sealed class AuditFilter(AuditPolicy policy, IAuditSink sink, AuditBodies bodies, TimeProvider time, MetricRegistry metrics) : IRequestFilter
{
    private readonly CounterValue _events = metrics.Counter("apiserver_audit_event_total", "Audit events that were written.").With();
    private readonly Counter _levels = metrics.Counter("apiserver_audit_level_total", "Requests by the level they are recorded at.", "level");

    public async Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        var rule = policy.RuleFor(request.User, request.Info);
        _levels.With(rule.Level.ToString()).Increment();
        if (rule.Level == AuditLevel.None)
        {
            await next(request);
            return;
        }
        request.IsAudited = true;
        var record = new AuditRecord(request, rule, time.GetUtcNow());
        Write(record, AuditStage.RequestReceived);
        record.RequestObject = rule.Level >= AuditLevel.Request ? await bodies.RequestAsync(request) : null;
        var tee = rule.Level == AuditLevel.RequestResponse ? AuditBodies.Tee(request) : null;
        if (request.IsLongRunning)
        {
            request.Http.Response.OnStarting(() => Started(record, request));
        }
        await RunAsync(record, request, tee, next);
    }

    private async Task RunAsync(AuditRecord record, ApiRequest request, AuditTee? tee, RequestHandler next)
    {
        try
        {
            await next(request);
            if (tee is not null)
            {
                await tee.EndAsync();
            }
            record.StatusCode = request.Loopback?.StatusCode ?? request.Http.Response.StatusCode;
            record.Failure = request.Loopback?.Failure;
            record.ResponseObject = record.Rule.Level == AuditLevel.RequestResponse ? bodies.Response(request, tee) : null;
            Write(record, AuditStage.ResponseComplete);
        }
        catch (StatusException refusal)
        {
            (record.Failure, record.StatusCode) = (refusal.Status, refusal.Code);
            if (request.IsLongRunning)
            {
                Start(record);
            }
            Write(record, AuditStage.ResponseComplete);
            throw;
        }
        catch (OperationCanceledException)
        {
            record.StatusCode = request.Http.Response.StatusCode;
            Write(record, AuditStage.ResponseComplete);
            throw;
        }
        catch
        {
            (record.StatusCode, record.HasStarted) = (500, true);
            Write(record, AuditStage.Panic);
            throw;
        }
    }

    /// <summary>A refusal is written further out, when its request is complete already.</summary>
    private Task Started(AuditRecord record, ApiRequest request)
    {
        if (!record.HasStarted)
        {
            record.StatusCode = request.Http.Response.StatusCode;
            Start(record);
        }
        return Task.CompletedTask;
    }

    private void Start(AuditRecord record)
    {
        if (!record.HasStarted)
        {
            record.HasStarted = true;
            Write(record, AuditStage.ResponseStarted);
        }
    }

    private void Write(AuditRecord record, AuditStage stage)
    {
        if (record.Rule.OmitStages.Contains(stage))
        {
            return;
        }
        sink.Write(record.Write(stage, time.GetUtcNow()));
        _events.Increment();
    }
}
