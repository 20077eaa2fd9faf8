<?php

use Psr\Http\Message\ResponseInterface as Response;
use Psr\Http\Message\ServerRequestInterface as Request;
use Slim\Factory\AppFactory;

session_start();
$app = AppFactory::create();
$pdo = new PDO('sqlite:depot.db');

$app->delete('/parcels/{id}', function (Request $request, Response $response, array $args) use ($pdo) {
    if (!isset($_SESSION['user_id'])) {
        return $response->withStatus(401);
    }
    $statement = $pdo->prepare('DELETE FROM parcels WHERE id = ?');
    // ruleid: missing-object-authorization
    $statement->execute([$args['id']]);
    return $response;
});

$app->delete('/own/{id}', function (Request $request, Response $response, array $args) use ($pdo) {
    if (!isset($_SESSION['user_id'])) {
        return $response->withStatus(401);
    }
    // ok: missing-object-authorization
    $statement = $pdo->prepare('DELETE FROM parcels WHERE id = ? AND owner_id = ?');
    $statement->execute([$args['id'], $_SESSION['user_id']]);
    return $response;
});

$app->run();
