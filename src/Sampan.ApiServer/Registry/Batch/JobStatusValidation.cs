using Sampan.Api;
using Sampan.Api.Batch.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>
/// Checks of a job's status, which controllers other than ours may write (managedBy). What an earlier write left wrong may stay as
/// long as it is not touched. Upstream: pkg/registry/batch/job/strategy.go.
/// </summary>
internal sealed class JobStatusValidation
{
    private static readonly string[] Terminal = ["Failed", "Complete", "FailureTarget"];

    private readonly Job _job;
    private readonly JobStatus _status;
    private readonly JobStatus _old;
    private readonly FieldErrors _errors;
    private readonly FieldPath _path = FieldPath.Of("status");

    private JobStatusValidation(Job job, Job old, FieldErrors errors)
    {
        (_job, _status, _old, _errors) = (job, job.Status, old.Status, errors);
    }

    public static void Validate(Job job, Job old, FieldErrors errors)
    {
        var validation = new JobStatusValidation(job, old, errors);
        validation.Counts();
        validation.Conditions();
        validation.Times();
        validation.Finished();
        validation.Indexes();
        validation.Transitions();
    }

    private bool Now(string condition) => IsTrue(_status, condition);

    private bool Changed(string condition) => Now(condition) != IsTrue(_old, condition);

    private bool IsFinished => Now("Complete") || Now("Failed");

    private bool FinishedChanged => IsFinished != (IsTrue(_old, "Complete") || IsTrue(_old, "Failed"));

    private static bool IsTrue(JobStatus status, string type) =>
        status.Conditions.OrEmpty().Any(condition => condition.Type == type && condition.Status == "True");

    private static bool HasUncounted(JobStatus status) =>
        status.UncountedTerminatedPods is { } pods && pods.Succeeded.OrEmpty().Count + pods.Failed.OrEmpty().Count > 0;

    private void Refuse(bool when, string field, object? value, string detail)
    {
        if (when)
        {
            _errors.Invalid(_path.Child(field), value, detail);
        }
    }

    private void RefuseConditions(bool when, string detail) => Refuse(when, "conditions", FieldError.Omitted, detail);

    private void Counts()
    {
        FieldChecks.NotNegative(_path.Child("active"), _status.Active, _errors);
        FieldChecks.NotNegative(_path.Child("succeeded"), _status.Succeeded, _errors);
        FieldChecks.NotNegative(_path.Child("failed"), _status.Failed, _errors);
        FieldChecks.NotNegative(_path.Child("ready"), _status.Ready, _errors);
        FieldChecks.NotNegative(_path.Child("terminating"), _status.Terminating, _errors);
        var seen = new HashSet<string>();
        Uncounted(_status.UncountedTerminatedPods?.Succeeded, "succeeded", seen);
        Uncounted(_status.UncountedTerminatedPods?.Failed, "failed", seen);
    }

    private void Uncounted(List<string>? uids, string field, HashSet<string> seen)
    {
        foreach (var (index, uid) in uids.OrEmpty().Index())
        {
            var at = _path.Child("uncountedTerminatedPods").Child(field).Index(index);
            if (uid.Length == 0)
            {
                _errors.Invalid(at, uid, "must not be empty");
            }
            else if (!seen.Add(uid))
            {
                _errors.Duplicate(at, uid);
            }
        }
    }

    private void Conditions()
    {
        RefuseConditions(
            (Changed("Complete") || Changed("Failed")) && Now("Complete") && Now("Failed"), "cannot set Complete=True and Failed=true conditions");
        RefuseConditions(
            (Changed("Complete") || Changed("FailureTarget")) && Now("Complete") && Now("FailureTarget"),
            "cannot set Complete=True and FailureTarget=true conditions");
    }

    private void Times()
    {
        var (started, ended) = (_status.StartTime, _status.CompletionTime);
        var (startChanged, endChanged) = (started != _old.StartTime, ended != _old.CompletionTime);
        if (Changed("Complete") || endChanged)
        {
            Refuse(
                ended is not null && !Now("Complete"), "completionTime", ended,
                "cannot set completionTime when there is no Complete=True condition");
            if (ended is null && Now("Complete"))
            {
                _errors.Required(_path.Child("completionTime"), "completionTime is required for Complete jobs");
            }
        }
        Refuse(
            (startChanged || endChanged) && started is not null && ended is not null && ended < started, "completionTime", ended,
            "completionTime cannot be set before startTime");
    }

    private void Finished()
    {
        RefuseConditions(
            (Changed("Failed") || Changed("FailureTarget")) && Now("Failed") && !Now("FailureTarget"),
            "cannot set Failed=True condition without the FailureTarget=true condition");
        RefuseConditions(
            (Changed("Complete") || Changed("SuccessCriteriaMet")) && Now("Complete") && !Now("SuccessCriteriaMet"),
            "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
        Refuse(
            (FinishedChanged || _status.Active != _old.Active) && _status.Active > 0 && IsFinished, "active", _status.Active,
            "active>0 is invalid for finished job");
        var startless = _job.Spec is { Suspend: true, Completions: 0 };
        if ((FinishedChanged || _status.StartTime != _old.StartTime) && !startless && _status.StartTime is null && IsFinished)
        {
            _errors.Required(_path.Child("startTime"), "startTime is required for finished job");
        }
        Refuse(
            (FinishedChanged || !FieldChecks.AreEqual(_status.UncountedTerminatedPods, _old.UncountedTerminatedPods)) && IsFinished && HasUncounted(_status),
            "uncountedTerminatedPods", _status.UncountedTerminatedPods ?? new(), "uncountedTerminatedPods needs to be empty for finished job");
    }

    private void Indexes()
    {
        var completions = _job.Spec.Completions;
        var (completed, failed) = (_status.CompletedIndexes ?? "", _status.FailedIndexes);
        var (completedChanged, failedChanged) = (completed != (_old.CompletedIndexes ?? ""), failed != _old.FailedIndexes);
        var completedRead = IndexIntervals.Parse(completed, completions ?? int.MaxValue);
        var failedRead = IndexIntervals.Parse(failed ?? "", completions ?? int.MaxValue);
        Refuse(
            completedChanged && completions is not null && completedRead.Error is not null, "completedIndexes", completed,
            $"error parsing completedIndexes: {completedRead.Error}");
        Refuse(
            failedChanged && completions is not null && _job.Spec.BackoffLimitPerIndex is not null && failedRead.Error is not null,
            "failedIndexes", failed, $"error parsing failedIndexes: {failedRead.Error}");
        Refuse(
            completedChanged && completed.Length > 0 && _job.Spec.CompletionMode != "Indexed", "completedIndexes", completed,
            "cannot set non-empty completedIndexes when non-indexed completion mode");
        Refuse(
            failedChanged && _job.Spec.BackoffLimitPerIndex is null && failed is not null, "failedIndexes", failed,
            "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
        if ((failedChanged || completedChanged) && completions is not null && failedRead.FirstShared(completedRead) is { } shared)
        {
            Refuse(true, "failedIndexes", failed, $"failedIndexes and completedIndexes overlap at index: {shared}");
        }
        Refuse(
            (FinishedChanged || _status.Terminating != _old.Terminating) && _status.Terminating > 0 && IsFinished, "terminating",
            _status.Terminating, "terminating>0 is invalid for finished job");
        Refuse(
            (_status.Ready != _old.Ready || _status.Active != _old.Active) && _status.Ready > _status.Active, "ready", _status.Ready,
            "cannot set more ready pods than active");
        RefuseConditions(Now("SuccessCriteriaMet") && Now("Failed"), "cannot set SuccessCriteriaMet=True and Failed=true conditions");
        RefuseConditions(
            Now("SuccessCriteriaMet") && Now("FailureTarget"), "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
        RefuseConditions(
            _job.Spec.SuccessPolicy is not null && !Now("SuccessCriteriaMet") && Now("Complete"),
            "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True");
    }

    private void Transitions()
    {
        foreach (var type in Terminal)
        {
            RefuseConditions(IsTrue(_old, type) && !Now(type), $"cannot disable the terminal {type}=True condition");
        }
        Refuse(_status.Failed < _old.Failed, "failed", _status.Failed, "cannot decrease the failed counter");
        Refuse(
            _job.Spec.CompletionMode != "Indexed" && _status.Succeeded < _old.Succeeded, "succeeded", _status.Succeeded,
            "cannot decrease the succeeded counter");
        Refuse(
            _status.CompletionTime is not null && _old.CompletionTime is not null && _status.CompletionTime != _old.CompletionTime,
            "completionTime", _status.CompletionTime, "completionTime cannot be mutated");
        if (_old.StartTime is not null && _status.StartTime != _old.StartTime && _job.Spec.Suspend != true)
        {
            _errors.Required(_path.Child("startTime"), "startTime cannot be removed for unsuspended job");
        }
        RefuseConditions(
            IsTrue(_old, "SuccessCriteriaMet") && !Now("SuccessCriteriaMet"), "cannot disable the SuccessCriteriaMet=True condition");
        RefuseConditions(
            IsTrue(_old, "Complete") && !IsTrue(_old, "SuccessCriteriaMet") && Now("SuccessCriteriaMet"),
            "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions");
    }
}
