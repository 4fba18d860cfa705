using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sampan.Client;

namespace Sampan.Kubelet.Server;

/// <summary><c>PUT /debug/flags/v</c> with a number: from now on the log tells more, or less.</summary>
/// <param name="log">Null where the log is not this process's to set.</param>
internal sealed class VerbosityHandler(ILogVerbosity? log)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (log is null)
        {
            throw new HttpFailure(StatusCodes.Status404NotFound, "the verbosity of this log cannot be set");
        }

        if (!HttpMethods.IsPut(context.Request.Method))
        {
            throw new HttpFailure(StatusCodes.Status406NotAcceptable, "unsupported http method");
        }

        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var verbosity))
        {
            throw new HttpFailure(StatusCodes.Status400BadRequest, $"failed set klog.logging.verbosity {text}: strconv.ParseInt: parsing \"{text}\": invalid syntax");
        }

        log.Verbosity = verbosity;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync($"successfully set klog.logging.verbosity to {text}\n", context.RequestAborted);
    }
}
