using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sampan.ApiServer.Tests.Admission;

namespace Sampan.ApiServer.Tests.Streaming;

public sealed class PodLogTests
{
    private const string Log = "/api/v1/namespaces/default/pods/p/log";

    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Fact]
    public async Task Get_AllOptions_ReachTheKubelet()
    {
        var asked = "";
        await using var server = await StreamingServer.StartAsync(context =>
        {
            asked = context.Request.Path + context.Request.QueryString.Value;
            return context.Response.WriteAsync("line\n");
        });
        using var answer = await server.Http.GetAsync(Log + "?container=a&follow=true&previous=1&timestamps=true&sinceSeconds=5&tailLines=3&limitBytes=100&pretty=true", Limit);
        Assert.Equal("line\n", await answer.Content.ReadAsStringAsync(Limit));
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("/containerLogs/default/p/a?follow=true&previous=true&timestamps=true&sinceSeconds=5&tailLines=3&limitBytes=100", asked);
    }

    [Theory]
    [InlineData("tailLines=-1", "PodLogOptions \\\"p\\\" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0", 422)]
    [InlineData("limitBytes=0", "limitBytes: Invalid value: 0: must be greater than 0", 422)]
    [InlineData("sinceSeconds=1&sinceTime=2026-01-01T00:00:00Z", "at most one of `sinceTime` or `sinceSeconds` may be specified", 422)]
    [InlineData("stream=Stderr", "stream: Forbidden: may not be specified", 422)]
    [InlineData("container=z", "container z is not valid for pod p", 400)]
    public async Task Get_WrongOptions_AreRefused(string query, string message, int code)
    {
        await using var server = await StreamingServer.StartAsync(_ => Task.CompletedTask);
        using var answer = await server.Http.GetAsync($"{Log}?{query}", Limit);
        Assert.Equal(code, (int)answer.StatusCode);
        Assert.Contains(message, await answer.Content.ReadAsStringAsync(Limit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_PodWithoutNode_IsEmpty()
    {
        await using var server = await StreamingServer.StartAsync(_ => Task.CompletedTask);
        await server.Client.CreateAsync(AdmissionPods.Of("waiting"), default);
        using var answer = await server.Http.GetAsync("/api/v1/namespaces/default/pods/waiting/log", Limit);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Theory]
    [InlineData("log", "", "a container name must be specified for pod several, choose one of: [i a b]")]
    [InlineData("log", "?container=z", "container z is not valid for pod several")]
    [InlineData("exec", "?command=sh&stdout=1", "a container name must be specified for pod several, choose one of: [i a b]")]
    [InlineData("exec", "?command=sh&stdout=1&container=a", "pod several does not have a host assigned")]
    [InlineData("portforward", "", "pod several does not have a host assigned")]
    public async Task Get_ContainerOfSeveral_HasToBeNamed(string part, string query, string message)
    {
        await using var server = await StreamingServer.StartAsync(_ => Task.CompletedTask);
        var pod = AdmissionPods.Of("several", change: spec =>
        {
            spec.InitContainers = [new() { Name = "i", Image = "x" }];
            spec.Containers.Add(new() { Name = "b", Image = "x" });
        });
        await server.Client.CreateAsync(pod, default);
        using var answer = await server.Http.GetAsync($"/api/v1/namespaces/default/pods/several/{part}{query}", Limit);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"message\":\"{message}\"", await answer.Content.ReadAsStringAsync(Limit), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("log", "Get ")]
    [InlineData("exec?command=sh&stdout=1", "error dialing backend: tls: ")]
    public async Task Get_KubeletIsNotTrusted_SaysWhatIsWrongWithItsCertificate(string part, string message)
    {
        await using var server = await StreamingServer.StartAsync(_ => Task.CompletedTask, new() { CertificateAuthorities = [] });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/namespaces/default/pods/p/{part}");
        if (part != "log")
        {
            request.Headers.Add("Connection", "Upgrade");
            request.Headers.Add("Upgrade", "SPDY/3.1");
        }

        using var answer = await server.Http.SendAsync(request, Limit);
        var body = await answer.Content.ReadAsStringAsync(Limit);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains(message, body, StringComparison.Ordinal);
        Assert.Contains("tls: The remote certificate", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_KubeletRefuses_SaysWhy()
    {
        await using var server = await StreamingServer.StartAsync(context =>
        {
            context.Response.StatusCode = 400;
            return context.Response.WriteAsync("container \"a\" in pod \"p\" is waiting to start: ContainerCreating");
        });
        using var answer = await server.Http.GetAsync(Log, Limit);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("is waiting to start: ContainerCreating", await answer.Content.ReadAsStringAsync(Limit), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("binary.k8s.io", "line\n")]
    [InlineData("base64.binary.k8s.io", "bGluZQo=")]
    public async Task WebSocket_Protocol_FramesTheLog(string protocol, string expected)
    {
        await using var server = await StreamingServer.StartAsync(context => context.Response.WriteAsync("line\n"));
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        await socket.ConnectAsync(server.WebSocketAddress(Log), Limit);
        Assert.Equal(protocol, socket.SubProtocol);
        Assert.Equal(expected, Encoding.UTF8.GetString(await WebSockets.ReadMessageAsync(socket, Limit)));
    }
}
