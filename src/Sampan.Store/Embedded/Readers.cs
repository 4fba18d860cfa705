using System.Collections.Concurrent;
using Sampan.Store.Embedded.Sqlite;

namespace Sampan.Store.Embedded;

/// <summary>Two threads with a connection each: SQLite's file access never blocks a thread-pool thread.</summary>
internal sealed class Readers : IAsyncDisposable
{
    private const int Threads = 2;

    private readonly BlockingCollection<Action<ReadSession>> _queue = [];
    private readonly List<Task> _ended = [];
    private readonly StoreFile _file;

    public Readers(StoreFile file)
    {
        _file = file;
        for (var i = 0; i < Threads; i++)
        {
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _ended.Add(ended.Task);
            var session = new ReadSession(file.OpenReader());
            new Thread(() => Run(session, ended)) { IsBackground = true, Name = $"store reader {i}" }.Start();
        }
    }

    /// <summary>Runs a read on one snapshot.</summary>
    public Task<T> RunAsync<T>(Func<Statements, T> read, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _queue.Add(session => Run(session, read, done, cancellationToken), cancellationToken);
            return done.Task;
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            return Task.FromException<T>(new StoreException("the store is closed"));
        }
        catch (OperationCanceledException)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_queue.IsAddingCompleted)
        {
            _queue.CompleteAdding();
        }

        await Task.WhenAll(_ended);
    }

    private void Run(ReadSession session, TaskCompletionSource ended)
    {
        foreach (var read in _queue.GetConsumingEnumerable())
        {
            read(session);
        }

        session.Dispose();
        ended.SetResult();
    }

    private void Run<T>(ReadSession session, Func<Statements, T> read, TaskCompletionSource<T> done, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            done.SetCanceled(cancellationToken);
            return;
        }

        try
        {
            done.SetResult(session.Snapshot(read));
        }
        catch (SqliteException e)
        {
            done.SetException(_file.Explain(e));
        }
        catch (StoreException e)
        {
            done.SetException(e);
        }
    }
}
