using Microsoft.AspNetCore.Http;
using Sampan.Kubelet.Volumes.LocalPath;

namespace Sampan.Kubelet.Server;

/// <summary><c>PUT</c> and <c>DELETE /localVolumes/NAME</c>: how the provisioner of local volumes reaches this node's disk.</summary>
internal sealed class LocalVolumesHandler(LocalVolumes? volumes)
{
    public Task HandleAsync(HttpContext context, string volume)
    {
        if (volumes is null || !LocalVolumes.IsName(volume))
        {
            throw new HttpFailure(StatusCodes.Status404NotFound, "404 page not found");
        }

        try
        {
            return context.Request.Method switch
            {
                "PUT" => context.Response.WriteAsync(volumes.Create(volume), context.RequestAborted),
                "DELETE" => Delete(volume),
                _ => throw new HttpFailure(StatusCodes.Status405MethodNotAllowed, "405 method not allowed"),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HttpFailure(StatusCodes.Status500InternalServerError, e.Message);
        }
    }

    private Task Delete(string volume)
    {
        volumes!.Delete(volume);
        return Task.CompletedTask;
    }
}
