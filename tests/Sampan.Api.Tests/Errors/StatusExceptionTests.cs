namespace Sampan.Api.Tests.Errors;

public class StatusExceptionTests
{
    private static readonly GroupResource Deployments = new("apps", "deployments");
    private static readonly GroupResource Pods = new("", "pods");

    [Fact]
    public void Factories_EachReason_HasUpstreamsCodeAndMessage()
    {
        Check(StatusException.NotFound(Deployments, "x"), 404, "NotFound", "deployments.apps \"x\" not found");
        Check(StatusException.AlreadyExists(Pods, "x"), 409, "AlreadyExists", "pods \"x\" already exists");
        Check(
            StatusException.Conflict(Pods, "x"),
            409,
            "Conflict",
            "Operation cannot be fulfilled on pods \"x\": the object has been modified; please apply your changes to the latest version and try again");
        Check(StatusException.Forbidden(Pods, "", "no"), 403, "Forbidden", "pods is forbidden: no");
        Check(StatusException.Forbidden(Pods, "x", "no"), 403, "Forbidden", "pods \"x\" is forbidden: no");
        Check(StatusException.Forbidden(default, "", "no"), 403, "Forbidden", "forbidden: no");
        Check(StatusException.Unauthorized(), 401, "Unauthorized", "Unauthorized");
        Check(StatusException.BadRequest("b"), 400, "BadRequest", "b");
        Check(StatusException.Gone("g"), 410, "Gone", "g");
        Check(StatusException.Expired("e"), 410, "Expired", "e");
        Check(StatusException.MethodNotSupported(Pods, "watch"), 405, "MethodNotAllowed", "watch is not supported on resources of kind \"pods\"");
        Check(
            StatusException.ServerTimeout(Pods, "get", 2),
            500,
            "ServerTimeout",
            "The get operation against pods could not be completed at this time, please try again.");
        Check(StatusException.InternalError("i"), 500, "InternalError", "Internal error occurred: i");
        Check(StatusException.Timeout("t"), 504, "Timeout", "Timeout: t");
        Check(StatusException.TooManyRequests("m", 1), 429, "TooManyRequests", "m");
        Check(StatusException.RequestEntityTooLarge("r"), 413, "RequestEntityTooLarge", "Request entity too large: r");
        Check(StatusException.ServiceUnavailable("s"), 503, "ServiceUnavailable", "s");
    }

    [Fact]
    public void Invalid_Errors_BecomeCauses()
    {
        FieldErrors errors = new();
        errors.Required(FieldPath.Of("spec").Child("selector"));
        StatusException invalid = StatusException.Invalid(new GroupKind("apps", "Deployment"), "x", errors);
        Check(invalid, 422, "Invalid", "Deployment.apps \"x\" is invalid: spec.selector: Required value");
        Assert.Equal("FieldValueRequired", invalid.Status.Details!.Causes![0].Reason);
        Assert.Equal("Required value", invalid.Status.Details.Causes[0].Message);
        Assert.Equal("spec.selector", invalid.Status.Details.Causes[0].Field);
        Assert.Equal("apps", invalid.Status.Details.Group);
        Assert.True(invalid.IsInvalid);
    }

    private static void Check(StatusException exception, int code, string reason, string message)
    {
        Assert.Equal((code, reason, message), (exception.Code, exception.Reason, exception.Message));
        Assert.Equal("Failure", exception.Status.StatusValue);
    }
}
